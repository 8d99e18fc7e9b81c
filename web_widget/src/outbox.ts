import type { OutboxFrame } from "./protocol.ts";
import type { Store } from "./store.ts";

/** Something the visitor sent that the server has not answered yet. */
export interface Outgoing {
  frame: OutboxFrame;
  /** What the visitor sees of it. */
  label: string;
  order: number;
  /** When it was written, in milliseconds since 1970. */
  at: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Frames on their way, kept on the device before they are sent and until the server has them.
 *
 * Each has a key of its own, so that two tabs that write at once lose nothing.
 */
export class Outbox {
  private items: Outgoing[];

  constructor(
    private readonly store: Store,
    private readonly now: () => number = Date.now,
  ) {
    this.items = this.kept();
  }

  /** The frame to send next, or undefined where all is answered. */
  get head(): Outgoing | undefined {
    return this.items[0];
  }

  get all(): readonly Outgoing[] {
    return this.items;
  }

  find(id: string): Outgoing | undefined {
    return this.items.find((item) => item.frame.id === id);
  }

  add(frame: OutboxFrame, label: string): Outgoing {
    const order = 1 + Math.max(0, ...this.items.map((item) => item.order));
    const item = { frame, label, order, at: this.now() };
    this.store.write(`out:${frame.id}`, item);
    this.items.push(item);
    return item;
  }

  /** Forgets an answered frame and returns it, or undefined where it was none of ours. */
  remove(id: string): Outgoing | undefined {
    const item = this.find(id);
    this.store.write(`out:${id}`, null);
    this.items = this.items.filter((other) => other !== item);
    return item;
  }

  clear(): void {
    for (const item of this.items) this.store.write(`out:${item.frame.id}`, null);
    this.items = [];
  }

  /** What an earlier page left; what is older than a day would come as a surprise and is dropped. */
  private kept(): Outgoing[] {
    const items: Outgoing[] = [];
    for (const name of this.store.names("out:")) {
      const item = this.store.read<Outgoing>(name);
      if (item && this.now() - item.at < DAY_MS) items.push(item);
      else this.store.write(name, null);
    }
    return items.sort((a, b) => a.at - b.at || a.order - b.order);
  }
}
