package dev.waggle.deploy.lint;

/// One thing that is wrong.
///
/// @param place a file below `deploy/`, and where in it
public record Breach(String place, String says) {
    @Override
    public String toString() {
        return place + ": " + says;
    }
}
