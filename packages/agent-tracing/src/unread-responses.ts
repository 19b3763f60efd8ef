import type { StreamOfWork } from './stream-of-work.ts';

/** The part of a `Response` that tells whether someone reads it. */
export interface ResponseLike {
  readonly body: object | null;
  readonly bodyUsed: unknown;
}

interface Unread {
  readonly response: { deref(): ResponseLike | undefined };
  readonly stream: StreamOfWork;
}

const MAX_REMEMBERED = 1000;

/** Responses that work in a run answered with. Often only their status is looked at, and then nothing tells that they are over. */
export class UnreadResponses {
  readonly #all = new Set<Unread>();

  add(response: ResponseLike, stream: StreamOfWork): void {
    if (typeof WeakRef === 'undefined') return;
    if (this.#all.size >= MAX_REMEMBERED)
      for (const one of this.#all) if (one.stream.ended) this.#all.delete(one);
    if (this.#all.size < MAX_REMEMBERED) this.#all.add({ response: new WeakRef(response), stream });
  }

  /** At the end of the run. What someone has begun to read lasts until it is read. */
  endAll(): void {
    for (const { response, stream } of this.#all) {
      const given = response.deref();
      if (given !== undefined && !isBeingRead(given)) stream.runEnded();
    }
    this.#all.clear();
  }
}

function isBeingRead({ body, bodyUsed }: ResponseLike): boolean {
  return bodyUsed === true || (body !== null && 'locked' in body && body.locked === true);
}
