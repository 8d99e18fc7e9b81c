import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MemoryKeep } from "../src/store.ts";
import { startFakeServer } from "./fake-server.mjs";
import { Tab } from "./recorder.ts";

let server: Awaited<ReturnType<typeof startFakeServer>>;
let tabs: Tab[] = [];

beforeEach(async () => {
  server = await startFakeServer();
});

afterEach(async () => {
  for (const tab of tabs) tab.client.stop();
  tabs = [];
  await server.close();
});

function open(device = new MemoryKeep(), options = {}): Tab {
  const tab = new Tab(server.url, device, options);
  tabs.push(tab);
  tab.client.start();
  return tab;
}

async function told(tab: Tab, line: string): Promise<void> {
  await vi.waitFor(() => expect(tab.told).toContain(line), { timeout: 5_000, interval: 10 });
}

async function has(tab: Tab, ...seqs: number[]): Promise<void> {
  await vi.waitFor(() => expect(tab.seqs).toEqual(seqs), { timeout: 5_000, interval: 10 });
}

const sentTo = (words: string) => server.world.frames.filter((frame: { text?: string }) => frame.text === words).length;

test("a message is sent, stored and answered, and the outbox is empty then", async () => {
  const tab = open();
  tab.client.sendText("hello");
  await has(tab, 2);
  expect(tab.told).toContain("sent hello 1");
  expect(tab.client.outbox.all).toEqual([]);
  expect(tab.store.session?.conversation).toBe(tab.welcomes[0]?.conversation);
});

test("a conversation is kept only from its first message on", async () => {
  const tab = open();
  await told(tab, "online");
  expect(tab.store.session).toBeNull();
});

test("what is written before the connection stands goes out in order", async () => {
  const tab = open();
  for (const words of ["one", "two", "three"]) tab.client.sendText(words);
  await has(tab, 2, 4, 6);
  expect(tab.messages.map((message) => message.plain)).toEqual(["I heard: one", "I heard: two", "I heard: three"]);
});

test("a reload resumes with the whole transcript, none of it news", async () => {
  const device = new MemoryKeep();
  const before = open(device);
  before.client.sendText("hello");
  await has(before, 2);
  before.client.stop();
  const after = open(device);
  await has(after, 1, 2);
  expect(after.fresh).toEqual([]);
  expect(after.welcomes[0]?.resumed).toBe(true);
});

test("a lost connection is resumed after the last message, and the message is stored once", async () => {
  const tab = open();
  tab.client.sendText("hello");
  await has(tab, 2);
  tab.client.sendText("drop the line");
  await has(tab, 2, 4);
  expect(sentTo("drop the line")).toBe(2);
  expect(tab.fresh).toEqual([2, 4]);
});

test("a message written in a page that died is sent by the next one", async () => {
  const device = new MemoryKeep();
  const dying = new Tab(server.url, device);
  dying.client.outbox.add(
    { type: "message", id: "3f0c2a53-6f0e-4d39-9c3e-1d6b8f6f0001", text: "last words" },
    "last words",
  );
  const next = open(device);
  await has(next, 2);
  expect(next.told).toContain("sent last words 1");
});

test("busy keeps the message and sends it again after the time named", async () => {
  const tab = open();
  tab.client.sendText("busy now");
  tab.client.sendText("second");
  await told(tab, "waiting busy now");
  await has(tab, 2, 4);
  expect(tab.messages.map((message) => message.plain)).toEqual(["I heard: busy now", "I heard: second"]);
});

test("another error marks the message as not sent and lets the next one go", async () => {
  const tab = open();
  tab.client.sendText("refuse this");
  tab.client.sendText("but not this");
  await told(tab, "failed refuse this: This message is too long. Please send it in parts.");
  await told(tab, "sent but not this 1");
});

test("a conversation that is gone is begun anew, and what was on its way arrives there", async () => {
  const device = new MemoryKeep();
  const tab = open(device);
  tab.client.sendText("hello");
  await has(tab, 2);
  tab.client.stop();
  server.world.conversations.clear();
  const next = open(device);
  next.client.sendText("still there?");
  await told(next, "sent still there? 1");
  await has(next, 2);
  expect(next.told).toContain("reset");
});

test("two tabs of one conversation show the same", async () => {
  const device = new MemoryKeep();
  const one = open(device);
  one.client.sendText("first");
  await has(one, 2);
  const two = open(device);
  await has(two, 1, 2);
  one.client.sendText("second");
  await has(two, 1, 2, 3, 4);
  two.client.sendText("third");
  await has(one, 2, 4, 5, 6);
});

test("a tab that misses what another has asks again", async () => {
  const device = new MemoryKeep();
  const one = open(device);
  one.client.sendText("first");
  await has(one, 2);
  const two = open(device);
  await has(two, 1, 2);
  for (const peer of server.world.conversations.values()) peer.peers.clear(); // the server tells nobody but the asker
  one.client.outbox.add({ type: "message", id: "3f0c2a53-6f0e-4d39-9c3e-1d6b8f6f0002", text: "quiet" }, "quiet");
  one.client.stop();
  one.client.start();
  await has(one, 2, 4);
  two.client.otherTabHas(4);
  await has(two, 1, 2, 3, 4);
});

test("a tab that had not begun joins the conversation begun in another", async () => {
  const device = new MemoryKeep();
  const one = open(device);
  const two = open(device);
  await told(two, "online");
  one.client.sendText("begin");
  await has(one, 2);
  two.client.sendText("join"); // before any storage event came
  await has(two, 1, 2, 4);
});

test("starting over forgets the conversation here and in the other tab", async () => {
  const device = new MemoryKeep();
  const one = open(device);
  one.client.sendText("hello");
  await has(one, 2);
  const two = open(device);
  await has(two, 1, 2);
  one.client.startOver();
  two.client.sessionChanged();
  await has(two);
  one.client.sendText("anew");
  await has(one, 2);
  expect(one.messages[0]?.plain).toBe("I heard: anew");
});

test("an unknown site ends the attempts with the server's sentence", async () => {
  const tab = open(new MemoryKeep(), { site: "unknown" });
  await told(tab, "ended");
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(server.world.hellos).toBe(1);
});

test("a line closed for idleness is opened again by the next message", async () => {
  const tab = open();
  tab.client.sendText("idle");
  await told(tab, "asleep");
  tab.client.outbox.clear();
  tab.client.sendText("awake");
  await told(tab, "sent awake 1");
});

test("a server that never answers is asked again", async () => {
  server.world.silent = true;
  const tab = open(new MemoryKeep(), { answerWithin: 200 });
  tab.client.sendText("anybody?");
  await vi.waitFor(() => expect(server.world.frames.length).toBeGreaterThan(0));
  server.world.silent = false;
  tab.client.stop();
  tab.client.start();
  await told(tab, "sent anybody? 1");
});

test("contact details are stored and leave no message", async () => {
  const tab = open();
  tab.client.contact({ reach: "me@example.org", about: "students" });
  await told(tab, "sent  null");
  expect(tab.client.outbox.all).toEqual([]);
});
