// A stream class as the clients that Stainless generates have it: chunks come of `iterator`, however it is read.

export class ClientStream implements AsyncIterable<unknown> {
  readonly controller: AbortController = new AbortController();
  iterator: () => AsyncIterator<unknown>;
  readonly #isBranch: boolean;

  constructor(iterator: () => AsyncIterator<unknown>, isBranch = false) {
    this.iterator = iterator;
    this.#isBranch = isBranch;
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    return this.iterator();
  }

  tee(): [ClientStream, ClientStream] {
    const source = this.iterator();
    const queues: [Promise<IteratorResult<unknown>>[], Promise<IteratorResult<unknown>>[]] = [
      [],
      [],
    ];
    const branch = (index: 0 | 1): ClientStream =>
      new ClientStream(
        () => ({
          next: () => {
            if (queues[index].length === 0) {
              const chunk = source.next();
              for (const queue of queues) queue.push(chunk);
            }
            return queues[index].shift()!;
          },
        }),
        true,
      );
    return [branch(0), branch(1)];
  }

  toReadableStream(): ReadableStream<Uint8Array> {
    const iterator = this[Symbol.asyncIterator]();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done === true) controller.close();
        else controller.enqueue(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
      },
      cancel: async () => {
        // As of openai 7: the request goes first.
        if (!this.#isBranch) this.controller.abort();
        await iterator.return?.();
      },
    });
  }
}
