import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Connection, type Socket } from "../src/connection.ts";

/** A network that does what the test says; time is the test's too. */
class Line implements Socket {
  static all: Line[] = [];
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  sent: string[] = [];
  closed = false;
  constructor() {
    Line.all.push(this);
  }
  send(data: string): void {
    this.sent.push(data);
  }
  close(): void {
    this.closed = true;
  }
  opens(): void {
    this.onopen?.(undefined as never);
  }
  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) } as never);
  }
  breaks(): void {
    this.onclose?.(undefined as never);
  }
}

const events = { open: vi.fn(), frame: vi.fn(), down: vi.fn() };
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  Line.all = [];
  connection = new Connection(
    "ws://example.test",
    events,
    () => new Line(),
    undefined,
    () => 1,
  );
  connection.start();
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

const latest = (): Line => Line.all.at(-1)!;

test("each failure doubles the longest wait, up to twenty seconds", () => {
  const waits: number[] = [];
  for (let n = 0; n < 8; n++) {
    latest().breaks();
    const before = Line.all.length;
    let waited = 0;
    while (Line.all.length === before) waited += vi.advanceTimersByTime(100) && 100;
    waits.push(waited);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]);
});

test("the wait is drawn between nothing and the longest", () => {
  connection.stop();
  connection = new Connection(
    "ws://example.test",
    events,
    () => new Line(),
    undefined,
    () => 0,
  );
  connection.start();
  latest().breaks();
  const before = Line.all.length;
  vi.advanceTimersByTime(0);
  expect(Line.all.length).toBe(before + 1);
});

test("being welcomed makes the next loss be retried quickly again", () => {
  for (let n = 0; n < 5; n++) {
    latest().breaks();
    vi.advanceTimersByTime(20_000);
  }
  latest().opens();
  connection.settled();
  latest().breaks();
  const before = Line.all.length;
  vi.advanceTimersByTime(500);
  expect(Line.all.length).toBe(before + 1);
});

test("after 45 seconds of silence it pings, and after 10 more it gives the line up", () => {
  latest().opens();
  vi.advanceTimersByTime(44_999);
  expect(latest().sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(latest().sent).toEqual(['{"type":"ping"}']);
  vi.advanceTimersByTime(10_000);
  expect(Line.all[0]!.closed).toBe(true);
  expect(events.down).toHaveBeenCalledOnce();
});

test("any frame counts as a sign of life", () => {
  latest().opens();
  vi.advanceTimersByTime(45_000);
  latest().says({ type: "message" });
  vi.advanceTimersByTime(30_000);
  expect(events.down).not.toHaveBeenCalled();
});

test("a check pings an open line and does not wait for a closed one", () => {
  latest().opens();
  connection.check();
  expect(latest().sent).toEqual(['{"type":"ping"}']);
  latest().breaks();
  connection.check();
  expect(Line.all.length).toBe(2);
});

test("an old socket's late news change nothing", () => {
  const old = latest();
  old.opens();
  connection.restart();
  latest().opens();
  old.breaks();
  old.says({ type: "pong" });
  expect(connection.open).toBe(true);
  expect(events.frame).not.toHaveBeenCalled();
});

test("what is no frame is passed over", () => {
  latest().opens();
  latest().onmessage?.({ data: "{broken" } as never);
  latest().onmessage?.({ data: "[1]" } as never);
  expect(events.frame).not.toHaveBeenCalled();
});

test("nothing follows a stop", () => {
  latest().opens();
  connection.stop();
  vi.advanceTimersByTime(100_000);
  expect(Line.all.length).toBe(1);
  expect(connection.send({ type: "ping" })).toBe(false);
});
