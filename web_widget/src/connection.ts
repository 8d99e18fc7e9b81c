import { type ClientFrame, parseFrame, type ServerFrame } from "./protocol.ts";

/** The part of a WebSocket we use, so that tests can bring another. */
export interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(): void;
}

export interface ConnectionEvents {
  open(): void;
  frame(frame: ServerFrame): void;
  /** The socket is gone; another follows unless `stop` was called. */
  down(): void;
}

export interface ConnectionTimes {
  backoffFirst: number;
  backoffMost: number;
  silence: number;
  pongWithin: number;
  openWithin: number;
}

/** Milliseconds. */
export const TIMES: ConnectionTimes = {
  backoffFirst: 500,
  backoffMost: 20_000,
  silence: 45_000,
  pongWithin: 10_000,
  openWithin: 15_000,
};

/** One socket at a time: opened again with full jitter, and dropped where the other end has gone silent. */
export class Connection {
  private socket: Socket | null = null;
  private isOpen = false;
  private running = false;
  private tries = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private aliveTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly events: ConnectionEvents,
    private readonly newSocket: (url: string) => Socket = (address) => new WebSocket(address),
    private readonly times: ConnectionTimes = TIMES,
    private readonly random: () => number = Math.random,
  ) {}

  get open(): boolean {
    return this.isOpen;
  }

  get started(): boolean {
    return this.running;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.connect();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.retryTimer);
    this.drop();
  }

  /** Leaves the socket, if any, and opens another at once. */
  restart(): void {
    this.stop();
    this.start();
  }

  /** The server has welcomed us: the next loss is retried quickly again. */
  settled(): void {
    this.tries = 0;
  }

  /** Is it still there? To be asked when the page is shown again or the network is back. */
  check(): void {
    if (!this.running) return;
    if (this.isOpen) this.ping();
    else if (!this.socket) {
      clearTimeout(this.retryTimer);
      this.connect();
    }
  }

  /** Sends a frame if the socket is open, and tells whether it was. */
  send(frame: ClientFrame): boolean {
    if (!this.isOpen || !this.socket) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    let socket: Socket;
    try {
      socket = this.newSocket(this.url);
    } catch {
      return this.retry();
    }
    this.socket = socket;
    this.aliveTimer = setTimeout(() => this.lost(socket), this.times.openWithin);
    socket.onopen = () => {
      this.isOpen = true;
      this.heard();
      this.events.open();
    };
    socket.onmessage = (event: { data: unknown }) => {
      this.heard();
      const frame = parseFrame(event.data);
      if (frame) this.events.frame(frame);
    };
    socket.onerror = () => undefined; // a close follows
    socket.onclose = () => this.lost(socket);
  }

  /** Any frame counts as a sign of life. */
  private heard(): void {
    clearTimeout(this.aliveTimer);
    this.aliveTimer = setTimeout(() => this.ping(), this.times.silence);
  }

  private ping(): void {
    const socket = this.socket;
    if (!socket || !this.send({ type: "ping" })) return;
    clearTimeout(this.aliveTimer);
    this.aliveTimer = setTimeout(() => this.lost(socket), this.times.pongWithin);
  }

  private lost(socket: Socket): void {
    if (socket !== this.socket) return;
    this.drop();
    this.events.down();
    if (this.running) this.retry();
  }

  private drop(): void {
    clearTimeout(this.aliveTimer);
    const socket = this.socket;
    this.socket = null;
    this.isOpen = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private retry(): void {
    const most = Math.min(this.times.backoffMost, this.times.backoffFirst * 2 ** this.tries++);
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.connect(), this.random() * most);
  }
}
