import type { Transport, TransportResponse } from '../../src/index.ts';
import { nodeTransport } from '../../src/node/index.ts';

/** One answer of the receiver. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** When it came, in milliseconds of the process. */
  readonly at: number;
  readonly text: string;
}

/** The transport of Node.js, with every answer kept. */
export interface RecordingTransport extends Transport {
  readonly answers: readonly Answer[];
  /** Resolves with the first answer, earlier ones included, that fits. */
  answered(fits: (answer: Answer) => boolean): Promise<Answer>;
}

export function recordingTransport(): RecordingTransport {
  const inner = nodeTransport();
  const answers: Answer[] = [];
  const listeners = new Set<() => void>();
  return {
    ...inner,
    answers,
    async send(request): Promise<TransportResponse> {
      const response = await inner.send(request);
      answers.push({
        status: response.status,
        retryAfter: response.header('retry-after'),
        at: performance.now(),
        text: Buffer.from(response.body).toString(),
      });
      for (const listener of listeners) listener();
      return response;
    },
    answered: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const answer = answers.find(fits);
          if (answer === undefined) return;
          listeners.delete(look);
          resolve(answer);
        };
        listeners.add(look);
        look();
      }),
  };
}
