import { expect, test } from "vitest";
import { Outbox } from "../src/outbox.ts";
import { Sequence } from "../src/sequence.ts";
import { MemoryKeep, Store } from "../src/store.ts";
import { transcriptText } from "../src/view/download.ts";
import { day, duration, sentences, spokenMarkdown } from "../src/words.ts";

const store = (device = new MemoryKeep(), site = "demo") =>
  new Store(site, "ws://example.test", device, new MemoryKeep());
const frame = (id: string) => ({ type: "message" as const, id, text: id });

test("the outbox survives its page, in order, and forgets what was answered", () => {
  const device = new MemoryKeep();
  const outbox = new Outbox(store(device));
  for (const id of ["a", "b", "c"]) outbox.add(frame(id), id);
  outbox.remove("b");
  expect(new Outbox(store(device)).all.map((item) => item.label)).toEqual(["a", "c"]);
});

test("two outboxes on one device lose nothing to each other", () => {
  const device = new MemoryKeep();
  const [one, two] = [new Outbox(store(device)), new Outbox(store(device))];
  one.add(frame("a"), "a");
  two.add(frame("b"), "b");
  one.remove("a");
  expect(new Outbox(store(device)).all.map((item) => item.label)).toEqual(["b"]);
});

test("what was left longer than a day ago is not sent", () => {
  const device = new MemoryKeep();
  new Outbox(store(device), () => 0).add(frame("old"), "old");
  expect(new Outbox(store(device), () => 90_000_000).all).toEqual([]);
  expect(device.length).toBe(0);
});

test("sites on one device know nothing of each other", () => {
  const device = new MemoryKeep();
  store(device, "one").session = { conversation: "c", token: "t" };
  expect(store(device, "two").session).toBeNull();
  expect(store(device, "one").session?.token).toBe("t");
});

test("a full or spoilt storage is no reason to fail", () => {
  const device = new MemoryKeep();
  const spoilt = store(device);
  device.setItem("readiness-advisor:demo@ws://example.test:session", "{broken");
  expect(spoilt.session).toBeNull();
  device.setItem = () => {
    throw new Error("full");
  };
  spoilt.session = { conversation: "c", token: "t" };
});

test("a sequence takes each number once, and asks once for a missing one", () => {
  const sequence = new Sequence();
  sequence.welcomed(2);
  expect([1, 2, 2, 1].map((seq) => sequence.take(seq))).toEqual(["new", "new", "known", "known"]);
  expect(sequence.fresh(2)).toBe(false);
  expect(sequence.take(4)).toBe("gap");
  sequence.askedAgain();
  expect(sequence.take(4)).toBe("new");
  expect(sequence.fresh(4)).toBe(true);
  sequence.own(5);
  expect(sequence.take(6)).toBe("new");
});

test("a replay with holes, as after an erasure, is taken as it is", () => {
  const sequence = new Sequence();
  sequence.welcomed(9);
  expect([2, 5, 9].map((seq) => sequence.take(seq))).toEqual(["new", "new", "new"]);
});

test("words for people", () => {
  expect(day("2026-06-03")).toBe("3 June 2026");
  expect(day("2025-12")).toBe("2025-12");
  expect([45, 60, 90, 150, 100].map(duration)).toEqual([
    "45 minutes",
    "60 minutes",
    "1.5 hours",
    "2.5 hours",
    "1.5 hours",
  ]);
  expect(spokenMarkdown("**Yes**, see [the rule](https://example.org) and `code`\n- one")).toBe(
    "Yes, see the rule and code\none",
  );
  expect(sentences(["A", "", "B?", null])).toBe("A. B?");
});

test("a transcript names who said what", () => {
  const text = transcriptText("Advisor", [
    { author: "advisor", at: "", plain: "Hello." },
    { author: "visitor", at: "not a day", plain: " hi " },
  ]);
  expect(text).toBe("Advisor\n\nAdvisor\nHello.\n\nYou, not a day\nhi\n");
});
