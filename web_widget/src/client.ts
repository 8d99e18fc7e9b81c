import { Connection, type ConnectionTimes, type Socket, TIMES } from "./connection.ts";
import { randomId } from "./ids.ts";
import { Outbox, type Outgoing } from "./outbox.ts";
import type { ErrorFrame, Message, OutboxFrame, ServerFrame, Welcome } from "./protocol.ts";
import { Sequence } from "./sequence.ts";
import type { Session, Store } from "./store.ts";

/** `ended`: the server does not want us back unasked; `asleep`: it let us go until the visitor does something. */
export type Line = "connecting" | "online" | "asleep" | "ended";

/** What the client tells whoever draws it. */
export interface ClientEvents {
  line(line: Line, text?: string): void;
  welcome(welcome: Welcome): void;
  /** A new or replayed message; `fresh` where the visitor has not had it on this page before it was loaded. */
  message(message: Message, fresh: boolean): void;
  sending(item: Outgoing): void;
  /** The server asks to wait; the frame stays in the outbox. */
  waiting(item: Outgoing, text: string): void;
  /** Stored; `seq` is null where the frame is no message of the transcript. */
  sent(item: Outgoing, seq: number | null): void;
  failed(item: Outgoing, text: string): void;
  working(busy: boolean): void;
  trouble(text: string): void;
  /** The transcript is void; all that counts follows. */
  reset(): void;
}

export interface ClientOptions {
  url: string;
  site: string;
  locale: string;
  store: Store;
  newSocket?: (url: string) => Socket;
  times?: ConnectionTimes;
  /** How long the server may take over one frame, in milliseconds. */
  answerWithin?: number;
}

const ANSWER_WITHIN_MS = 30_000;
const DEFAULT_PAUSE_S = 5;
/** The server may send us itself what another tab got first. */
const OTHER_TAB_GRACE_MS = 1000;
const GONE = ["conversation_gone", "wrong_token"];
const REFUSED = ["unknown_site", "origin_refused"];
const LATER = ["busy", "rate_limited"];
/** Errors that may come without an id, of a frame that was not even read: they concern the frame in flight. */
const UNREADABLE = ["bad_frame", "too_large", "rate_limited", "internal"];

/**
 * One visitor's end of the chat protocol: it says hello, resumes, sends what is in the outbox one frame
 * at a time, and hands on each message once and in order. It knows nothing of the page.
 */
export class Client {
  readonly outbox: Outbox;
  private readonly connection: Connection;
  private readonly store: Store;
  /** The server's latest offer; it becomes `store.session` with the first message. */
  private conversation: Session | null;
  private readonly sequence = new Sequence();
  private welcomed = false;
  private inFlight: string | null = null;
  /** The frame for which the last new conversation was begun: once is enough. */
  private beganAnewFor: string | null = null;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private answerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly options: ClientOptions,
    private readonly events: ClientEvents,
  ) {
    this.store = options.store;
    this.outbox = new Outbox(options.store);
    this.conversation = this.store.session;
    this.connection = new Connection(
      options.url,
      { open: () => this.hello(), frame: (frame) => this.receive(frame), down: () => this.down() },
      options.newSocket,
      options.times ?? TIMES,
    );
  }

  get seq(): number {
    return this.sequence.last;
  }

  /** Whether an earlier page left something to go on with. */
  get begun(): boolean {
    return this.store.session !== null || this.outbox.all.length > 0;
  }

  start(): void {
    if (this.connection.started) return;
    this.events.line("connecting");
    this.connection.start();
  }

  stop(): void {
    this.connection.stop();
    this.lull();
  }

  /** The page is shown again or the network is back. */
  check(): void {
    this.connection.check();
  }

  sendText(text: string): void {
    this.post({ type: "message", id: randomId(), text }, text);
  }

  choose(choice: string | string[], block: string, label: string): string {
    return this.post({ type: "message", id: randomId(), choice, block }, label);
  }

  control(action: string, label: string, block?: string): void {
    this.post({ type: "control", id: randomId(), action, ...(block === undefined ? {} : { block }) }, label);
  }

  contact(details: { name?: string; reach?: string; about: string }): string {
    return this.post({ type: "contact", id: randomId(), ...details, consent: true }, "");
  }

  /** Tells whether it could be sent: feedback is not worth an outbox. */
  feedback(seq: number, helpful: boolean, comment?: string): boolean {
    return this.connection.send({ type: "feedback", seq, helpful, ...(comment ? { comment } : {}) });
  }

  /** Forgets the conversation on this device and begins another. */
  startOver(): void {
    this.outbox.clear();
    this.store.draft = "";
    this.forget();
    this.restart();
  }

  /** Another tab has begun, left or replaced the conversation. */
  sessionChanged(): void {
    if (!this.connection.started || !(this.elsewhere() || (this.seq && !this.store.session))) return;
    this.forgetTranscript();
    this.restart();
  }

  /** Another tab has received up to `seq`: ask for what is missing here. */
  otherTabHas(seq: number): void {
    setTimeout(() => this.welcomed && seq > this.seq && this.askAgain(), OTHER_TAB_GRACE_MS);
  }

  /** Whether another tab has begun a conversation that is not ours. */
  private elsewhere(): boolean {
    const kept = this.store.session;
    return kept !== null && kept.conversation !== this.conversation?.conversation;
  }

  private post(frame: OutboxFrame, label: string): string {
    const item = this.outbox.add(frame, label);
    this.events.sending(item);
    this.start();
    this.flush();
    return frame.id;
  }

  /** Sends the oldest frame that is not answered; the next follows its answer, so the order holds. */
  private flush(): void {
    const item = this.outbox.head;
    if (!item || !this.welcomed || this.inFlight || this.pause !== undefined) return;
    if (this.elsewhere()) return this.sessionChanged();
    this.store.session = this.conversation; // before the first message: a crash must resume in the same conversation
    if (!this.connection.send(item.frame)) return;
    this.inFlight = item.frame.id;
    this.answerTimer = setTimeout(() => this.restart(), this.options.answerWithin ?? ANSWER_WITHIN_MS);
  }

  private hello(): void {
    const { site, locale } = this.options;
    this.conversation = this.store.session;
    const resume = this.conversation ? { ...this.conversation, last_seq: this.seq } : {};
    this.connection.send({ type: "hello", v: 1, site, locale, ...resume });
  }

  private down(): void {
    this.lull();
    this.events.line("connecting");
  }

  private lull(): void {
    this.welcomed = false;
    this.inFlight = null;
    clearTimeout(this.answerTimer);
    clearTimeout(this.pause);
    this.pause = undefined;
    this.events.working(false);
  }

  private restart(): void {
    this.lull();
    this.events.line("connecting");
    this.connection.restart();
  }

  private receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        return this.onWelcome(frame);
      case "message":
        return this.onMessage(frame);
      case "working":
        return this.events.working(true);
      case "accepted":
        return this.onAccepted(frame.id, frame.seq);
      case "stored":
        return this.answered(frame.id, (item) => this.events.sent(item, null));
      case "reset":
        this.sequence.replayed();
        return this.events.reset();
      case "error":
        return this.onError(frame);
      case "bye":
        return this.onBye(frame.reason, frame.text);
      case "pong":
        return;
    }
  }

  private onWelcome(frame: Welcome): void {
    this.connection.settled();
    if (!frame.resumed) {
      if (this.seq) this.forgetTranscript();
      this.conversation = { conversation: frame.conversation, token: frame.token ?? "" };
    }
    this.sequence.welcomed(frame.seq);
    this.welcomed = true;
    this.events.welcome(frame);
    this.events.line("online");
    this.flush();
  }

  private onMessage(message: Message): void {
    const verdict = this.sequence.take(message.seq);
    if (verdict === "gap") return this.askAgain();
    if (verdict !== "known") {
      if (message.author !== "visitor") this.events.working(false);
      this.events.message(message, this.sequence.fresh(message.seq));
    }
    // after the message is drawn, so that the one still waiting to be sent gives way to it
    if (message.reply_to && message.author === "visitor") this.settle(message.reply_to, message.seq);
  }

  private onAccepted(id: string, seq: number): void {
    this.settle(id, seq);
    this.sequence.own(seq);
  }

  private settle(id: string, seq: number): void {
    this.answered(id, (item) => this.events.sent(item, seq));
  }

  private onError(frame: ErrorFrame): void {
    const again = this.inFlight !== null && this.inFlight === this.beganAnewFor;
    if (GONE.includes(frame.code) && this.store.session && !again) {
      this.beganAnewFor = this.inFlight;
      this.forget();
      return this.restart();
    }
    if (REFUSED.includes(frame.code)) return this.end("ended", frame.text);
    const id = frame.id ?? (UNREADABLE.includes(frame.code) ? this.inFlight : null);
    const item = id ? this.outbox.find(id) : undefined;
    if (!item) return this.events.trouble(frame.text);
    this.events.working(false);
    if (LATER.includes(frame.code)) return this.later(item, frame);
    this.answered(item.frame.id, () => this.events.failed(item, frame.text));
  }

  private later(item: Outgoing, frame: ErrorFrame): void {
    this.inFlight = null;
    clearTimeout(this.answerTimer);
    this.events.waiting(item, frame.text);
    this.pause = setTimeout(
      () => {
        this.pause = undefined;
        this.flush();
      },
      1000 * (frame.retry_after ?? DEFAULT_PAUSE_S),
    );
  }

  private onBye(reason: string, text: string): void {
    if (reason === "restart") return; // the close that follows is retried with jitter
    this.end(reason === "idle" ? "asleep" : "ended", text);
  }

  private end(line: Line, text: string): void {
    this.stop();
    this.events.line(line, text);
  }

  private answered(id: string, then: (item: Outgoing) => void): void {
    const item = this.outbox.remove(id);
    if (this.inFlight === id) {
      this.inFlight = null;
      clearTimeout(this.answerTimer);
    }
    if (item) then(item);
    this.flush();
  }

  /** Resumes anew to fill a gap. */
  private askAgain(): void {
    if (!this.sequence.mayAskAgain) return;
    this.sequence.askedAgain();
    this.restart();
  }

  private forget(): void {
    this.conversation = null;
    this.store.session = null;
    this.store.seen = 0;
    this.forgetTranscript();
  }

  private forgetTranscript(): void {
    this.sequence.forget();
    this.events.reset();
  }
}
