package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.server.live.BoothRulesTest.assertProblem;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.live.RequestReader.Outcome;
import org.kakehashi.server.people.Page;

class RequestReaderTest {
  private final RequestReader reader = new RequestReader();

  @Test
  void readsEveryRequestOfTheContract() {
    assertRead("{'type':'listen','connection':'C','channel':'ja'}", new Request.Listen("C", "ja"));
    assertRead(
        "{'type':'understand','connection':'C','languages':['fr','ja']}",
        new Request.Understand("C", List.of("fr", "ja")));
    assertRead(
        "{'type':'microphone','connection':'C','state':'cough'}",
        new Request.Microphone("C", MicrophoneState.COUGH, null));
    assertRead(
        "{'type':'microphone','connection':'C','outgoing':'fr'}",
        new Request.Microphone("C", null, "fr"));
    assertRead("{'type':'incoming','choice':'auto'}", new Request.Incoming("auto"));
    assertRead("{'type':'take'}", new Request.Take());
    assertRead("{'type':'speaks','language':null}", new Request.Speaks(null, null));
    assertRead("{'type':'speaks','language':'fr','source':'s-1'}", new Request.Speaks("fr", "s-1"));
    assertRead("{'type':'stage.admit','source':'s-1'}", new Request.Admit("s-1"));
    assertRead("{'type':'stage.remove','source':'s-1'}", new Request.Remove("s-1"));
    assertRead("{'type':'stage.leave'}", new Request.Leave());
    assertRead("{'type':'stage.ready'}", new Request.Ready());
    assertRead(
        "{'type':'source.microphone','source':'s-1','state':'open'}",
        new Request.SourceMicrophone("s-1", true));
    assertRead("{'type':'floor-language','language':'ja'}", new Request.FloorLanguage("ja"));
    assertRead("{'type':'floor-language','language':null}", new Request.FloorLanguage(null));
    assertRead("{'type':'picture','source':null}", new Request.Picture(null));
    assertRead(
        "{'type':'play','file':'greeting.mp4','language':'fr'}",
        new Request.Play("greeting.mp4", "fr"));
    assertRead("{'type':'play.stop','source':'s-4'}", new Request.PlayStop("s-4"));
    assertRead("{'type':'session.end'}", new Request.EndSession());
    assertRead("{'type':'session.resume','unknown':[{}]}", new Request.ResumeSession());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                    | malformed",
        "[]                                                   | malformed",
        "{'type':'take'} {}                                   | malformed",
        "{'type':'take','type':'take'}                        | malformed",
        "{}                                                   | invalid",
        "{'type':7}                                           | invalid",
        "{'type':'no such thing'}                             | invalid",
        "{'type':'hello','page':'attend'}                     | invalid",
        "{'type':'listen','connection':'C'}                   | invalid",
        "{'type':'listen','connection':'../C','channel':'ja'} | invalid",
        "{'type':'listen','connection':'C','channel':'j a'}   | invalid",
        "{'type':'understand','connection':'C','languages':[]} | invalid",
        "{'type':'understand','connection':'C','languages':[1]} | invalid",
        "{'type':'microphone','connection':'C'}               | invalid",
        "{'type':'microphone','connection':'C','state':'on'}  | invalid",
        "{'type':'source.microphone','source':'s','state':'cough'} | invalid",
        "{'type':'floor-language'}                            | invalid",
        "{'type':'picture'}                                   | invalid",
        "{'type':'play','file':''}                            | invalid",
      },
      quoteCharacter = '"')
  void refusesTheRest(String text, String problem) {
    RequestReader.Frame frame = reader.read(text.strip().replace('\'', '"'));
    assertThat(frame.outcome())
        .isInstanceOfSatisfying(
            Outcome.Unreadable.class,
            u -> assertThat(u.problem().type().uri()).isEqualTo("/problems/" + problem));
  }

  @Test
  void theReferenceComesBackWithTheProblem() {
    assertThat(reader.read("{\"type\":\"x\",\"ref\":\"r1\"}").ref()).isEqualTo("r1");
    assertThat(reader.read("{\"type\":\"x\",\"ref\":\"" + "r".repeat(65) + "\"}").ref()).isNull();
    assertThat(reader.read("x".repeat(70_000)).ref()).isNull();
    assertThat(reader.read("[".repeat(10_000)).outcome()).isInstanceOf(Outcome.Unreadable.class);
  }

  @Test
  void helloComesFirst() {
    assertThat(reader.hello("{\"type\":\"hello\",\"token\":\"t\",\"page\":\"booth\"}"))
        .isEqualTo(new Hello("t", Page.BOOTH));
    assertThat(reader.hello("{\"type\":\"hello\",\"page\":\"attend\"}").token()).isNull();
    assertProblem("malformed", () -> reader.hello("{\"type\":\"take\"}"));
    assertProblem("invalid", () -> reader.hello("{\"type\":\"hello\",\"page\":\"roof\"}"));
    assertProblem("invalid", () -> reader.hello("{\"type\":\"hello\"}"));
  }

  private void assertRead(String text, Request expected) {
    assertThat(reader.read(text.replace('\'', '"')).outcome())
        .isEqualTo(new Outcome.Read(expected));
  }
}
