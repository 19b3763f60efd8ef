import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from '../http/loopback-server.ts';
import { Waiters } from '../http/waiters.ts';
import { answerModelRequest } from './answer-model-request.ts';
import type { ModelEmulator, ModelEmulatorOptions } from './model-emulator.ts';
import { isBadRequest, receiveModelRequest, type PendingRequest } from './receive-model-request.ts';
import type { ModelOutcome } from './model-request.ts';
import { ScriptBook } from './script-book.ts';
import { sendBody } from './send-reply.ts';
import { vendorError } from './vendor-error.ts';

const DEFAULT_WAIT_MILLIS = 5000;
const DEFAULT_MODELS = ['gpt-emulated', 'claude-emulated'];
const nodeTimers = {
  setTimer: (callback: () => void, delayMillis: number): unknown =>
    setTimeout(callback, delayMillis),
  clearTimer: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
};

/** Starts a server on 127.0.0.1 that speaks the APIs of OpenAI, Anthropic, Google and Amazon Bedrock. Close it with `close()` or `await using`. */
export async function startModelEmulator(
  options: ModelEmulatorOptions = {},
): Promise<ModelEmulator> {
  const {
    clock = nodeTimers,
    models = DEFAULT_MODELS,
    latencyMillis = 0,
    strict = false,
  } = options;
  const requests: PendingRequest[] = [];
  const waiters = new Waiters();
  let book = new ScriptBook(options.scripts ?? []);

  const pauseFor = (response: ServerResponse) => (millis: number) =>
    new Promise<void>((resolve) => {
      if (millis <= 0 || response.destroyed) return resolve();
      const done = (): void => {
        clock.clearTimer(timer);
        response.off('close', done);
        resolve();
      };
      const timer = clock.setTimer(done, millis);
      response.once('close', done);
    });

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await receiveModelRequest(request, () => requests.length);
    const pause = pauseFor(response);
    if (isBadRequest(received)) {
      const { api, message, status } = received;
      const { body, headers = {} } = vendorError(api, { status, message }, 'req_000000');
      const sending = { response, headers, reply: {}, pause, settle: () => undefined };
      return sendBody(sending, status, body);
    }
    requests.push(received);
    waiters.notify();
    const settle = (outcome: ModelOutcome): void => {
      // The first word counts: a client that goes away behind the last byte has been answered.
      if (received.outcome === 'pending') received.outcome = outcome;
      waiters.notify();
    };
    return answerModelRequest(received, book, {
      response,
      pause,
      settle,
      models,
      strict,
      latencyMillis,
    });
  };
  const server = await LoopbackServer.open((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // Either the client went away while it was sending, or a script holds what HTTP or JSON cannot.
      if (response.headersSent || response.destroyed) response.destroy();
      else {
        const { status, body } = vendorError('chat', { status: 400, message: String(error) }, '');
        response.writeHead(status).end(JSON.stringify(body));
      }
    });
  }, options.port);

  const close = (): Promise<void> => server.stop();
  const emulator: ModelEmulator = {
    url: server.url,
    openAiBaseUrl: `${server.url}/v1`,
    anthropicBaseUrl: server.url,
    geminiBaseUrl: server.url,
    requests,
    get scriptsLeft() {
      return book.left;
    },
    script(scripts) {
      book = new ScriptBook(scripts);
    },
    waitFor(condition, timeoutMillis = DEFAULT_WAIT_MILLIS) {
      const done = (): number => requests.filter(({ outcome }) => outcome !== 'pending').length;
      const met =
        typeof condition === 'number' ? () => done() >= condition : () => condition(emulator);
      return waiters.wait(met, timeoutMillis, () => {
        const outcomes = requests.map(({ api, outcome }) => `${api} ${outcome}`).join(', ');
        return new Error(`not there after ${timeoutMillis} ms; requests: ${outcomes || 'none'}`);
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
  return emulator;
}
