package mlopsprimer.nodeprovider.secret;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/**
 * Resource type of random credentials. They are made once and are in Pulumi's state only, so they
 * stay the same until the resource is deleted.
 */
public final class CredentialsResource implements ResourceType<CredentialsArgs, CredentialsState> {
  /** Letters and digits without those that look alike: 32, so a character has 5 bits. */
  private static final String CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int ACCESS_CHARACTERS = 12;
  private static final int SECRET_CHARACTERS = 32;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String name() {
    return "Credentials";
  }

  @Override
  public String description() {
    return "Random credentials of a user, which are made once.";
  }

  @Override
  public Class<CredentialsArgs> args() {
    return CredentialsArgs.class;
  }

  @Override
  public Class<CredentialsState> state() {
    return CredentialsState.class;
  }

  @Override
  public Map<String, String> problemsWith(CredentialsArgs args) {
    return args.user() == null || args.user().matches("[A-Z]{1,12}")
        ? Map.of()
        : Map.of("user", "1 to 12 capital letters are needed, such as WRITER");
  }

  @Override
  public String id(CredentialsState state) {
    return state.accessKey();
  }

  @Override
  public CredentialsState preview(CredentialsArgs args) {
    return new CredentialsState(args, null, null);
  }

  @Override
  public CredentialsState previewUpdate(CredentialsState state, CredentialsArgs args) {
    return update(state, args, null);
  }

  @Override
  public CredentialsState create(CredentialsArgs args, Log log) {
    return new CredentialsState(
        args, args.user() + text(ACCESS_CHARACTERS), text(SECRET_CHARACTERS));
  }

  /** Keeps the credentials. */
  @Override
  public CredentialsState update(CredentialsState state, CredentialsArgs args, Log log) {
    return new CredentialsState(args, state.accessKey(), state.secretKey());
  }

  private String text(int length) {
    return random
        .ints(length, 0, CHARACTERS.length())
        .mapToObj(index -> String.valueOf(CHARACTERS.charAt(index)))
        .collect(Collectors.joining());
  }

  @Override
  public Optional<CredentialsState> read(CredentialsState state, Log log) {
    return Optional.of(state);
  }

  @Override
  public void delete(CredentialsState state, Log log) {
    // The server that knows the credentials is a resource of its own.
  }
}
