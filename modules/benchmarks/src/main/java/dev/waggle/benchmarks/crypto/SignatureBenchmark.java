package dev.waggle.benchmarks.crypto;

import dev.waggle.benchmarks.Sample;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.XEdDsa;
import java.security.SecureRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// XEdDSA over 300 bytes: with a key seen for the first time, and with one that was prepared.
@State(Scope.Thread)
public class SignatureBenchmark {
    private final SecureRandom random = Sample.random();
    private final KeyPair key = KeyPair.generate(random);
    private final byte[] privateKey = key.privateKey().toArray();
    private final byte[] publicKey = key.publicKey().toArray();
    private final byte[] text = Sample.text();
    private final byte[] signature = key.sign(text, random);
    private final XEdDsa.Signer signer = XEdDsa.signer(privateKey);
    private final XEdDsa.Verifier verifier = XEdDsa.verifier(publicKey);

    @Setup
    public void check() {
        byte[] other = Sample.text(Sample.TEXT_BYTES, 8);
        Sample.check(XEdDsa.verify(publicKey, text, signKept()), "the kept signer's signature to hold");
        Sample.check(verifier.verify(text, sign()), "the signature to hold before the kept verifier");
        Sample.check(!XEdDsa.verify(publicKey, other, signature), "no signature of another text");
        Sample.check(!verifier.verify(other, signature), "no signature of another text");
    }

    @Benchmark
    public byte[] sign() {
        return XEdDsa.sign(privateKey, text, fresh());
    }

    @Benchmark
    public byte[] signKept() {
        return signer.sign(text, fresh());
    }

    @Benchmark
    public boolean verify() {
        return XEdDsa.verify(publicKey, text, signature);
    }

    @Benchmark
    public boolean verifyKept() {
        return verifier.verify(text, signature);
    }

    private byte[] fresh() {
        byte[] fresh = new byte[XEdDsa.RANDOM_BYTES];
        random.nextBytes(fresh);
        return fresh;
    }
}
