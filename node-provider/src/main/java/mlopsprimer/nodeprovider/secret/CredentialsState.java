package mlopsprimer.nodeprovider.secret;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of credentials. The program that declares them asks Pulumi to keep the key secret. */
record CredentialsState(
    CredentialsArgs args,
    @Property("Name of the user: the start and random letters and digits. It is no secret.")
        String accessKey,
    @Property("Random key of 160 bits, in letters and digits.") String secretKey) {

  /** Leaves the secret key out, so that no message has it. */
  @Override
  public String toString() {
    return "CredentialsState[" + accessKey + "]";
  }
}
