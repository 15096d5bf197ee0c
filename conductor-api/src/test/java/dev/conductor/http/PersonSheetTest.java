package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.command.PersonChange;
import dev.conductor.command.PersonChange.Text;
import dev.conductor.model.Role;
import dev.conductor.query.TagCell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables of persons as people have them. */
class PersonSheetTest {
  @Test
  void shouldReadWhatASpreadsheetWrites() {
    final PersonSheet sheet =
        PersonSheet.of(
            true,
            "\uFEFFReference, Name ,ROLE,PIN,notes,tags\r\n"
                + "7,\"Ann \"\"A\"\" Lee\",presenter,123456,\"two\nlines, one cell\",red; blue ;red\r\n"
                + "\r\n"
                + "8,Bob,,,,\r\n");
    assertThat(sheet.faults()).isEmpty();
    assertThat(sheet.rows()).hasSize(2);
    final PersonChange ann = sheet.rows().get(0).person();
    assertThat(ann.reference()).isEqualTo("7");
    assertThat(ann.texts())
        .containsEntry(Text.NAME, "Ann \"A\" Lee")
        .containsEntry(Text.NOTES, "two\nlines, one cell");
    assertThat(ann.role()).contains(Role.PRESENTER);
    assertThat(ann.pin()).isEqualTo("123456");
    assertThat(ann.tags()).contains(List.of("red", "blue"));
    final PersonChange bob = sheet.rows().get(1).person();
    assertThat(bob.role()).as("as he is").isEmpty();
    assertThat(bob.pin()).isEmpty();
  }

  @Test
  void shouldTakeEachColumnForWhatItIs() {
    final List<PersonSheet> sheets =
        List.of(
            PersonSheet.of(true, "custom2,custom1,notes,email,ani,name\nf,e,d,c,b,a\n"),
            PersonSheet.of(
                false,
                "[{\"name\":\"a\",\"ani\":\"b\",\"email\":\"c\",\"notes\":\"d\","
                    + "\"custom1\":\"e\",\"custom2\":\"f\"}]"));
    for (final PersonSheet sheet : sheets) {
      assertThat(sheet.faults()).isEmpty();
      assertThat(sheet.rows().get(0).person().texts())
          .isEqualTo(
              Map.of(
                  Text.NAME, "a",
                  Text.ANI, "b",
                  Text.EMAIL, "c",
                  Text.NOTES, "d",
                  Text.CUSTOM1, "e",
                  Text.CUSTOM2, "f"));
    }
  }

  @Test
  void shouldNameTheLineOfARowThatCannotBeHad() {
    final PersonSheet sheet =
        PersonSheet.of(
            true,
            "reference,name,role,PIN\n"
                + "1,Ann,PRESENTER,\n"
                + "2,\"Bob\nthe second\",king,\n"
                + "1,Cid,,\n"
                + "3,Dan,,12a4\n"
                + "4,Eve,,,too,many\n"
                + "5,Fay,,\n");
    assertThat(sheet.rows()).extracting(PersonSheet.Row::line).containsExactly(2, 8);
    assertThat(sheet.faults())
        .containsExactly(
            new SheetReader.Fault(3, "role: no such role \"king\""),
            new SheetReader.Fault(5, "reference: there twice"),
            new SheetReader.Fault(6, "PIN: not of up to 32 digits"),
            new SheetReader.Fault(7, "more cells than columns"));
  }

  @Test
  void shouldRefuseAColumnNobodyKnows() {
    assertThatThrownBy(() -> PersonSheet.of(true, "name,rolle\nAnn,PRESENTER\n"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("body: no such column \"rolle\"; there are reference, name, role");
    assertThatThrownBy(() -> PersonSheet.of(true, "name,Name\nAnn,Ann\n"))
        .hasMessage("body: a column is there twice");
    assertThatThrownBy(() -> PersonSheet.of(true, "")).hasMessageStartingWith("body: empty");
  }

  @Test
  void shouldReadTagsThatBearASemicolon() {
    final List<String> tags = List.of("red; or blue", "back\\slash", "plain");
    final String cell = TagCell.of(tags);
    assertThat(cell).isEqualTo("red\\; or blue;back\\\\slash;plain");
    assertThat(PersonSheet.of(true, "name,tags\nAnn," + cell).rows().get(0).person().tags())
        .contains(tags);
    assertThat(TagCell.tags("a\\b ; ;a\\b;c\\")).containsExactly("a\\b", "c\\");
  }

  @Test
  void shouldReadJson() {
    final PersonSheet sheet =
        PersonSheet.of(
            false,
            "[{\"name\":\"Ann\",\"role\":\"ASSISTANT\",\"tags\":[\"red\",\"blue\"],\"PIN\":null},"
                + "7,{\"name\":{\"first\":\"Bob\"}},{\"name\":\"Cid\",\"pin\":\"4711\"}]");
    assertThat(sheet.rows()).extracting(PersonSheet.Row::line).containsExactly(1, 4);
    assertThat(sheet.rows().get(0).person().tags()).contains(List.of("red", "blue"));
    assertThat(sheet.rows().get(1).person().pin()).isEqualTo("4711");
    assertThat(sheet.faults())
        .containsExactly(
            new SheetReader.Fault(2, "not an object"), new SheetReader.Fault(3, "name: an object"));
    assertThatThrownBy(() -> PersonSheet.of(false, "{\"name\":\"Ann\"}"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("body: not a JSON array");
    assertThatThrownBy(() -> PersonSheet.of(false, "[{\"name\":"))
        .hasMessageStartingWith("body: not JSON");
  }

  @Test
  void shouldRefuseMorePersonsThanOneChangeMayHave() {
    final StringBuilder rows = new StringBuilder("name\n");
    for (int i = 0; i <= 10_000; i++) {
      rows.append("P").append(i).append('\n');
    }
    assertThatThrownBy(() -> PersonSheet.of(true, rows.toString()))
        .hasMessage("body: more than 10000 persons");
  }
}
