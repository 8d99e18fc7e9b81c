/** What the widget remembers on this device, one set for each site on each server. */

/** The part of the Storage interface we use, so that a page that blocks storage gets one in memory. */
export type Keep = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export interface Session {
  conversation: string;
  token: string;
}

export class Store {
  private readonly prefix: string;

  /**
   * @param keep where conversations are kept: `localStorage`, or memory
   * @param tab where what belongs to one tab is kept: `sessionStorage`, or memory
   */
  constructor(
    site: string,
    server: string,
    private readonly keep: Keep,
    private readonly tab: Keep,
  ) {
    this.prefix = `readiness-advisor:${site}@${server}:`;
  }

  /** The conversation begun here and its secret token, if any. */
  get session(): Session | null {
    return this.read<Session>("session");
  }

  set session(session: Session | null) {
    this.write("session", session);
  }

  /** The last `seq` the visitor has had in view. */
  get seen(): number {
    return this.read<number>("seen") ?? 0;
  }

  set seen(seq: number) {
    this.write("seen", seq);
  }

  /** What was typed and not sent. It is kept for this tab only, as it may hold private words. */
  get draft(): string {
    return this.tab.getItem(`${this.prefix}draft`) ?? "";
  }

  set draft(text: string) {
    if (text) quietly(() => this.tab.setItem(`${this.prefix}draft`, text));
    else this.tab.removeItem(`${this.prefix}draft`);
  }

  /** Whether the panel is open in this tab, so that it stays so from page to page. */
  get open(): boolean {
    return this.tab.getItem(`${this.prefix}open`) === "1";
  }

  set open(open: boolean) {
    if (open) quietly(() => this.tab.setItem(`${this.prefix}open`, "1"));
    else this.tab.removeItem(`${this.prefix}open`);
  }

  read<T>(name: string): T | null {
    try {
      return JSON.parse(this.keep.getItem(this.prefix + name) ?? "null") as T | null;
    } catch {
      return null;
    }
  }

  /** Keeps a value under a name; null removes it. A full storage is no reason to stop chatting. */
  write(name: string, value: unknown): void {
    if (value === null) this.keep.removeItem(this.prefix + name);
    else quietly(() => this.keep.setItem(this.prefix + name, JSON.stringify(value)));
  }

  /** The names under which something is kept that begin with `start`. */
  names(start: string): string[] {
    const names: string[] = [];
    for (let n = 0; n < this.keep.length; n++) {
      const key = this.keep.key(n);
      if (key?.startsWith(this.prefix + start)) names.push(key.slice(this.prefix.length));
    }
    return names;
  }

  /** Which of our names a storage event speaks of, or null where it speaks of none. */
  nameOf(key: string | null): string | null {
    return key?.startsWith(this.prefix) ? key.slice(this.prefix.length) : null;
  }
}

/** The browser's storage, or one in memory where the page or the visitor's settings block it. */
export function browserKeep(name: "localStorage" | "sessionStorage"): Keep {
  try {
    const storage = window[name];
    storage.setItem("readiness-advisor:probe", "1");
    storage.removeItem("readiness-advisor:probe");
    return storage;
  } catch {
    return new MemoryKeep();
  }
}

export class MemoryKeep implements Keep {
  private readonly items = new Map<string, string>();

  get length(): number {
    return this.items.size;
  }
  key(n: number): string | null {
    return [...this.items.keys()][n] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

function quietly(write: () => void): void {
  try {
    write();
  } catch {
    // The quota is used up: the conversation goes on, it is only not remembered.
  }
}
