import { WebSocket } from "ws";
import { Client, type ClientEvents } from "../src/client.ts";
import type { Socket } from "../src/connection.ts";
import type { Outgoing } from "../src/outbox.ts";
import type { Message, Welcome } from "../src/protocol.ts";
import { type Keep, MemoryKeep, Store } from "../src/store.ts";

/** Quick, so that a test of a lost connection takes no seconds. */
const TIMES = { backoffFirst: 10, backoffMost: 40, silence: 5_000, pongWithin: 500, openWithin: 1_000 };

/** A tab of a visitor's browser without a page: a client, and all that it told. */
export class Tab implements ClientEvents {
  readonly client: Client;
  readonly store: Store;
  readonly told: string[] = [];
  readonly messages: Message[] = [];
  readonly fresh: number[] = [];
  welcomes: Welcome[] = [];

  constructor(
    url: string,
    readonly device: Keep = new MemoryKeep(),
    options: { site?: string; answerWithin?: number; newSocket?: (url: string) => Socket } = {},
  ) {
    this.store = new Store(options.site ?? "demo", url, device, new MemoryKeep());
    const newSocket = options.newSocket ?? ((address: string) => new WebSocket(address) as unknown as Socket);
    this.client = new Client(
      { url, site: "demo", locale: "en", store: this.store, times: TIMES, ...options, newSocket },
      this,
    );
  }

  line(line: string): void {
    this.told.push(line);
  }
  welcome(welcome: Welcome): void {
    this.welcomes.push(welcome);
  }
  message(message: Message, fresh: boolean): void {
    this.messages.push(message);
    if (fresh) this.fresh.push(message.seq);
  }
  sending(item: Outgoing): void {
    this.told.push(`sending ${item.label}`);
  }
  waiting(item: Outgoing): void {
    this.told.push(`waiting ${item.label}`);
  }
  sent(item: Outgoing, seq: number | null): void {
    this.told.push(`sent ${item.label} ${seq}`);
  }
  failed(item: Outgoing, text: string): void {
    this.told.push(`failed ${item.label}: ${text}`);
  }
  working(): void {}
  trouble(text: string): void {
    this.told.push(`trouble ${text}`);
  }
  reset(): void {
    this.told.push("reset");
    this.messages.length = 0;
  }

  get seqs(): number[] {
    return this.messages.map((message) => message.seq);
  }
}
