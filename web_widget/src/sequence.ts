/** Keeps a conversation's messages once and in order, by their numbers from 1. It knows nothing of sockets. */
export class Sequence {
  private handedOn = 0;
  /** What the server had when this page first met it: nothing to announce. */
  private historyUpTo: number | null = null;
  /** What the server had when we came back: replayed without gaps, whatever the numbers say. */
  private replayUpTo = 0;
  private askedAgainAt = -1;

  /** The number of the last message that was handed on. */
  get last(): number {
    return this.handedOn;
  }

  welcomed(seq: number): void {
    this.historyUpTo ??= seq;
    this.replayUpTo = seq;
  }

  /** Whether a message is to be handed on, is known already, or comes after one that is missing. */
  take(seq: number): "new" | "known" | "gap" {
    if (seq <= this.handedOn) return "known";
    if (seq > this.handedOn + 1 && seq > this.replayUpTo && this.mayAskAgain) return "gap";
    this.handedOn = seq;
    return "new";
  }

  /** The visitor's own message got this number; it is not sent back to us. */
  own(seq: number): void {
    if (seq === this.handedOn + 1) this.handedOn = seq;
  }

  /** Whether `seq` came in while this page was open, so that it is news. */
  fresh(seq: number): boolean {
    return seq > (this.historyUpTo ?? 0);
  }

  /** A gap is asked for once; one that stays is no message of ours. */
  get mayAskAgain(): boolean {
    return this.askedAgainAt !== this.handedOn;
  }

  askedAgain(): void {
    this.askedAgainAt = this.handedOn;
  }

  /** All follows from 1 again; what the server had by then stays old. */
  replayed(): void {
    this.handedOn = 0;
    this.askedAgainAt = -1;
    this.historyUpTo = this.replayUpTo || null;
  }

  /** Another conversation begins. */
  forget(): void {
    this.replayUpTo = 0;
    this.replayed();
  }
}
