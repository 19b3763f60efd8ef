import type { EmbeddingsCall, GenAi } from '@llm-otel/llm-conventions';
import { readList, readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';
import { providerOf } from './model-request.ts';

interface OpenCall {
  readonly call: EmbeddingsCall;
  readonly values: readonly unknown[];
  id: string;
}

/** The embedding calls of one `embed` or `embedMany`, which may run side by side. */
export class Embeddings {
  readonly #genAi: GenAi;
  readonly #open: OpenCall[] = [];

  constructor(genAi: GenAi) {
    this.#genAi = genAi;
  }

  started(event: unknown): void {
    const id = readString(event, 'embedCallId') ?? '';
    const values = readList(event, 'values');
    // Each attempt is told as a start; the one before it has no end.
    const again = this.#open.find(
      (other) => other.values.length === values.length && other.values[0] === values[0],
    );
    if (again !== undefined) {
      again.id = id;
      return;
    }
    const call = this.#genAi.startEmbeddings({
      provider: providerOf(event),
      model: readString(event, 'modelId'),
    });
    this.#open.push({ call, values, id });
  }

  ended(event: unknown): void {
    const id = readString(event, 'embedCallId') ?? '';
    const index = this.#open.findIndex((open) => open.id === id);
    const [open] = index === -1 ? [] : this.#open.splice(index, 1);
    const vectors = readList(event, 'embeddings');
    open?.call.recordResponse({
      inputTokens: readNumber(readMember(event, 'usage'), 'tokens'),
      dimensions: readList(vectors, '0').length || undefined,
    });
    open?.call.end();
  }

  end(): void {
    for (const { call } of this.#open.splice(0)) call.end();
  }

  fail(error: unknown): void {
    for (const { call } of this.#open.splice(0)) call.fail(error);
  }
}
