// A stand-in for the chat server, to develop and test the widget: it speaks docs/protocol.md, keeps
// conversations in memory and answers by key words (see REPLIES and TROUBLES).
//   node test/fake-server.mjs [port]     then open the address it prints
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import * as samples from "./samples.mjs";

const LIMITS = { message_length: 2000, messages_a_minute: 20, frame_bytes: 16384 };
const REPLIES = {
  question: () => samples.question(1),
  several: samples.several,
  answer: samples.answer,
  result: samples.result,
  emergency: samples.emergency,
  notices: samples.notices,
  html: samples.html,
  long: samples.long,
};
const PAGES = {
  "/": "demo/clinic.html",
  "/intranet": "demo/intranet.html",
  "/widget/readiness-advisor.js": "dist/readiness-advisor.js",
  "/axe.js": "node_modules/axe-core/axe.min.js",
};
const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

/** Starts the server; `close()` ends it, `conversations` may be changed by a test. */
export async function startFakeServer(port = 0) {
  const server = createServer(servePage);
  const sockets = new WebSocketServer({ server, path: "/chat/ws" });
  const world = { conversations: new Map(), sockets, frames: [], hellos: 0, silent: false };
  sockets.on("connection", (socket) => new Peer(world, socket));
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = `127.0.0.1:${server.address().port}`;
  const close = async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...world, world, url: `ws://${address}/chat/ws`, page: `http://${address}/`, close };
}

class Peer {
  constructor(world, socket) {
    this.world = world;
    this.socket = socket;
    this.queue = Promise.resolve();
    socket.on("message", (data) => {
      const frame = JSON.parse(data);
      world.frames.push(frame);
      if (!world.silent) this.queue = this.queue.then(() => this.receive(frame));
    });
  }

  send(frame) {
    if (this.socket.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  receive(frame) {
    if (frame.type === "ping") return this.send({ type: "pong" });
    if (frame.type === "hello") return this.hello(frame);
    if (frame.type === "contact") return this.send({ type: "stored", id: frame.id });
    if (frame.type === "feedback") return;
    return this.turn(frame);
  }

  hello({ conversation, token, last_seq = 0, site }) {
    this.world.hellos++;
    if (site === "unknown")
      return this.send({ type: "error", code: "unknown_site", text: "This page is not set up for the advisor." });
    let kept = this.world.conversations.get(conversation);
    if (conversation && !kept)
      return this.send({ type: "error", code: "conversation_gone", text: "That conversation is no longer kept." });
    if (kept && kept.token !== token)
      return this.send({ type: "error", code: "wrong_token", text: "That conversation can't be opened here." });
    const resumed = Boolean(kept);
    kept ??= { id: randomUUID(), token: randomUUID(), messages: [], replies: new Map(), peers: new Set() };
    this.conversation = kept;
    kept.peers.add(this);
    this.socket.on("close", () => kept.peers.delete(this));
    const welcome = {
      type: "welcome",
      v: 1,
      conversation: kept.id,
      seq: kept.messages.length,
      resumed,
      limits: LIMITS,
      opening: samples.OPENING,
    };
    this.send(resumed ? welcome : { ...welcome, token: kept.token });
    for (const message of kept.messages.slice(last_seq)) this.send(message);
  }

  async turn(frame) {
    const kept = this.conversation;
    const known = kept.replies.get(frame.id);
    if (known) {
      this.send({ type: "accepted", id: frame.id, seq: known.seq - 1 });
      return this.send(known);
    }
    const words = frame.text ?? [frame.choice ?? frame.action].flat().join(", ");
    if (await this.trouble(frame, words)) return;
    this.world.conversations.set(kept.id, kept);
    this.send({ type: "working", id: frame.id });
    await new Promise((resolve) => setTimeout(resolve, words.includes("slow") ? 1500 : 30));
    const said = this.label(frame) ?? words;
    const visitor = this.store("visitor", [samples.text(said)], said, frame.id);
    this.send({ type: "accepted", id: frame.id, seq: visitor.seq });
    const blocks = (
      Object.entries(REPLIES).find(([word]) => words.includes(word))?.[1] ?? (() => this.other(frame, words))
    )();
    const reply = this.store("advisor", blocks, plain(blocks), frame.id);
    kept.replies.set(frame.id, reply);
    for (const peer of kept.peers) peer.send(reply);
  }

  /** The words of the chosen options, as the transcript shows them. */
  label(frame) {
    if (frame.choice === undefined) return null;
    const blocks = [samples.OPENING, ...this.conversation.messages].flatMap((message) => message.blocks);
    const options = blocks.findLast((block) => block.id === frame.block)?.options ?? [];
    return [frame.choice]
      .flat()
      .map((value) => options.find((option) => option.value === value)?.label ?? value)
      .join(", ");
  }

  other(frame, words) {
    if (frame.block?.startsWith("interview:")) return samples.question(2);
    if (words === "start") return samples.question(1);
    return [samples.text(`I heard: ${words}`)];
  }

  /** What can go wrong, asked for by a word in the text. */
  async trouble(frame, words) {
    const error = (code, text, more = {}) => (this.send({ type: "error", code, text, id: frame.id, ...more }), true);
    if (words.includes("refuse")) return error("too_long", "This message is too long. Please send it in parts.");
    if (words.includes("busy") && !this.world.wasBusy) {
      this.world.wasBusy = true;
      return error("busy", "Many people are asking just now. Your message goes out in a moment.", { retry_after: 1 });
    }
    if (words.includes("drop") && !this.world.dropped) {
      this.world.dropped = true;
      this.socket.terminate();
      return true;
    }
    if (words.includes("idle")) {
      this.send({ type: "bye", reason: "idle", text: "I closed the line, as it was quiet for long." });
      this.socket.close();
      return true;
    }
    return false;
  }

  store(author, blocks, text, reply_to) {
    const message = {
      type: "message",
      seq: this.conversation.messages.length + 1,
      author,
      blocks,
      plain: text,
      at: new Date().toISOString(),
      reply_to,
    };
    this.conversation.messages.push(message);
    return message;
  }
}

function plain(blocks) {
  return blocks
    .map((block) =>
      block.nodes
        ? block.nodes.flatMap((node) => (node.spans ?? []).map((span) => span.text)).join("\n\n")
        : `[${block.type}]`,
    )
    .join("\n\n");
}

async function servePage(request, response) {
  const path = new URL(request.url, "http://localhost").pathname;
  const file = PAGES[path] ?? (/^\/demo\/[\w-]+\.\w+$/.test(path) ? path.slice(1) : null);
  try {
    const body = await readFile(fileURLToPath(new URL(`../${file}`, import.meta.url)));
    response.writeHead(200, { "content-type": TYPES[file.split(".").pop()], "content-security-policy": POLICY });
    response.end(body);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { page } = await startFakeServer(Number(process.argv[2] ?? 8100));
  console.log(`The widget's demo page, with a fake server behind it: ${page}`);
}
