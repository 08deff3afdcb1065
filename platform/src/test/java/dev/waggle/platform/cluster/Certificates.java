package dev.waggle.platform.cluster;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An authority and what it signed, made with the JDK's own tool and written as members read it.
final class Certificates {
    private static final String PASSWORD = "only-here";

    private final Path store;
    private final Path folder;

    Certificates(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("store.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c");
        write("ca");
    }

    /// All members share a name: by it they know each other.
    ClusterSettings.Tls member(String name) throws Exception {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=waggle-cluster", "-signer", "ca");
        write(name);
        return new ClusterSettings.Tls(
                pem(name, "crt").toString(),
                pem(name, "key").toString(),
                pem("ca", "crt").toString());
    }

    /// Of a server at that address, with its key, for [KubernetesTest].
    SSLContext server(String address) throws Exception {
        keytool("-genkeypair", "-alias", "server", "-dname", "CN=server", "-signer", "ca", "-ext", "san=ip:" + address);
        KeyStore all = keys();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        char[] password = PASSWORD.toCharArray();
        own.setKeyEntry("server", all.getKey("server", password), password, all.getCertificateChain("server"));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(own, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    Path authority() {
        return pem("ca", "crt");
    }

    private Path pem(String alias, String kind) {
        return folder.resolve(alias + "." + kind);
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }

    private KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void write(String alias) throws Exception {
        KeyStore keys = keys();
        Files.writeString(
                pem(alias, "key"),
                block("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(
                pem(alias, "crt"),
                block("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
    }

    private static String block(String name, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + name + "-----\n" + text + "\n-----END " + name + "-----\n";
    }
}
