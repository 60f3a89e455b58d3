package mlopsprimer.nodeprovider.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordShapeTest {
  private static final RecordShape<Args> ARGS = new RecordShape<>(Args.class);
  private static final RecordShape<State> STATE = new RecordShape<>(State.class);
  private static final Args FULL =
      new Args("a", 7, true, List.of("one", "two"), Map.of("key", "value"));

  /** One component of each type. */
  record Args(
      @Property("A text.") String text,
      @Property("A number.") Integer number,
      @Property(value = "A flag.", optional = true) Boolean flag,
      @Property("Texts.") List<String> texts,
      @Property("Texts by key.") Map<String, String> map) {}

  /** A record with another record as a component. */
  record State(Args args, @Property("An output.") String output) {}

  /** A record with a component that no property can have. */
  record Fraction(@Property("A fraction.") Double fraction) {}

  /** A record with a component without a description. */
  record Undescribed(String text) {}

  @Test
  void aRecordThatIsWrittenAndReadIsEqual() {
    assertThat(ARGS.read(ARGS.write(FULL))).isEqualTo(FULL);
  }

  @Test
  void theComponentsOfANestedRecordBecomeProperties() {
    State state = new State(FULL, "b");

    assertThat(STATE.write(state).names())
        .containsExactlyInAnyOrder("text", "number", "flag", "texts", "map", "output");
    assertThat(STATE.read(STATE.write(state))).isEqualTo(state);
  }

  @Test
  void aRequiredComponentThatIsNullIsWrittenAsUnknown() {
    PropertyMap written = STATE.write(new State(FULL, null));

    assertThat(written.isUnknown("output")).isTrue();
    assertThat(STATE.read(written).output()).isNull();
  }

  @Test
  void anOptionalComponentThatIsNullIsAbsent() {
    Args args = new Args("a", 7, null, List.of("one"), Map.of());

    assertThat(ARGS.write(args).names()).doesNotContain("flag");
    assertThat(ARGS.read(ARGS.write(args))).isEqualTo(args);
  }

  @Test
  void aListWithAnUnknownElementIsUnknown() {
    PropertyMap unknown = new PropertyMap().withUnknown("element");
    PropertyMap inputs =
        ARGS.write(FULL)
            .with(
                "texts",
                Value.newBuilder()
                    .setListValue(
                        ListValue.newBuilder()
                            .addValues(text("one"))
                            .addValues(unknown.find("element").orElseThrow()))
                    .build());

    assertThat(ARGS.read(inputs).texts()).isNull();
    assertThat(ARGS.inputProblems(inputs)).isEmpty();
  }

  @Test
  void everyMissingInputIsAProblem() {
    assertThat(ARGS.inputProblems(new PropertyMap()))
        .isEqualTo(
            Map.of(
                "text", "a text is needed",
                "number", "a whole number of at least 0 is needed",
                "texts", "a list of at least one text is needed",
                "map", "a map of texts is needed"));
  }

  @Test
  void anInputOfAnotherTypeIsAProblem() {
    PropertyMap inputs =
        new PropertyMap()
            .with("text", number(1))
            .with("number", text("1"))
            .with("flag", text("true"))
            .with("texts", text("one"))
            .with(
                "map",
                Value.newBuilder()
                    .setStructValue(Struct.newBuilder().putFields("key", number(1)))
                    .build());

    assertThat(ARGS.inputProblems(inputs))
        .containsOnlyKeys("text", "number", "flag", "texts", "map")
        .containsEntry("flag", "true or false is needed");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0.5, 1e10, Double.NaN})
  void aNumberThatIsNegativeOrNotWholeIsAProblem(double number) {
    PropertyMap inputs = ARGS.write(FULL).with("number", number(number));

    assertThat(ARGS.inputProblems(inputs)).containsOnlyKeys("number");
    assertThat(ARGS.read(inputs).number()).isNull();
  }

  @Test
  void aBlankTextInAnInputIsAProblem() {
    assertThat(ARGS.inputProblems(ARGS.write(FULL).with("text", text(" "))))
        .containsOnlyKeys("text");
  }

  @Test
  void aBlankTextInAStateIsNotAProblem() {
    assertThat(ARGS.stateProblems(ARGS.write(FULL).with("text", text("")))).isEmpty();
  }

  @Test
  void aComponentOfAnUnsupportedTypeIsRefused() {
    assertThatThrownBy(() -> new RecordShape<>(Fraction.class))
        .hasMessageContaining("a property cannot be a class java.lang.Double");
  }

  @Test
  void aComponentWithoutADescriptionIsRefused() {
    assertThatThrownBy(() -> new RecordShape<>(Undescribed.class))
        .hasMessageContaining("has no @Property");
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Value number(double number) {
    return Value.newBuilder().setNumberValue(number).build();
  }
}
