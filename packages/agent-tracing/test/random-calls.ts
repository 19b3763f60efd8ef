// Does what a random plan says, and knows what is true of it.
import { context, type Span, type Tracer, trace } from '@opentelemetry/api';
import {
  type GenAi,
  type InferenceCall,
  type InferenceResponse,
  openAiChatStream,
} from '@llm-otel/llm-conventions';
import { type Answer, chatChunks } from './chat-chunks.ts';
import { callOfAnother } from './foreign-application.ts';
import type { Around, Client, Node, Observer, Recorded, Streamed } from './random-plans.ts';

/** What one that sees an answer knows of it. */
type Told = Pick<Answer, 'model' | 'id'> & {
  readonly usage: { readonly inputTokens: number; readonly outputTokens?: number };
};

const MODELS = ['gpt-5-mini', 'gpt-5'] as const;

export interface Application {
  readonly genAi: GenAi;
  readonly another: Tracer;
  readonly group: (kind: 'step' | 'tool', work: () => Promise<void>) => Promise<void>;
}

const sumOf = (answers: readonly Answer[]): Answer['usage'] => ({
  inputTokens: answers.reduce((sum, { usage }) => sum + usage.inputTokens, 0),
  outputTokens: answers.reduce((sum, { usage }) => sum + usage.outputTokens, 0),
});

/** Does what a plan says, and knows what is true. */
export class RandomCalls {
  /** No two have one number of tokens, and hardly any two sums. */
  readonly answers: Answer[] = [];
  /** Whether all have metrics: of none another library alone tells. */
  isMeasured = true;
  calls = 0;
  readonly #app: Application;

  constructor(app: Application) {
    this.#app = app;
  }

  async run(nodes: readonly Node[]): Promise<void> {
    for (const each of nodes) await this.#do(each, false);
  }

  /** Answers with all that models answered, in order. */
  async #do(each: Node, isInside: boolean): Promise<Answer[]> {
    switch (each.kind) {
      case 'client':
        return [await this.#client(each, isInside)];
      case 'streamed':
        return await this.#streamed(each);
      case 'around':
        return await this.#around(each);
      default: {
        let answers: Answer[] = [];
        await this.#app.group(each.kind, async () => {
          answers = await this.#all(each.inside, false, isInside);
        });
        return answers;
      }
    }
  }

  async #all(
    nodes: readonly Node[],
    isParallel: boolean,
    isInside: boolean,
    onAnswers?: (answers: readonly Answer[]) => void,
  ): Promise<Answer[]> {
    if (isParallel)
      return (await Promise.all(nodes.map((each) => this.#do(each, isInside)))).flat();
    const all: Answer[] = [];
    for (const each of nodes) {
      const answers = await this.#do(each, isInside);
      onAnswers?.(answers);
      all.push(...answers);
    }
    return all;
  }

  #answer(isOther: boolean, hasId: boolean): Answer {
    const n = this.answers.length;
    const answer = {
      model: MODELS[isOther ? 1 : 0],
      id: hasId ? `r-${n}` : undefined,
      usage: { inputTokens: scattered(n, 1_000_003), outputTokens: scattered(n, 100_003) },
    };
    this.answers.push(answer);
    this.calls++;
    return answer;
  }

  async #client(plan: Client, isInside: boolean): Promise<Answer> {
    const { observer, isOther, hasId, isPart, isRefusedBefore } = plan;
    const isSeenByUs = observer !== 'another' && observer !== 'framework';
    // Of another model than the call around asks for it is not told there.
    if (!isSeenByUs && (!isInside || isOther)) this.isMeasured = false;
    if (isRefusedBefore) {
      this.calls++;
      await this.#refused(MODELS[isOther ? 1 : 0], isSeenByUs);
    }
    const answer = this.#answer(isOther, hasId);
    const { inputTokens } = answer.usage;
    const part = isPart ? { ...answer, usage: { inputTokens } } : answer;
    const theirs = (told: Told, inside?: () => Promise<void>): Promise<void> =>
      this.#another(told, inside);
    const ours = (told: Told, inside?: () => Promise<void>): Promise<void> =>
      this.#app.genAi.inference({ provider: 'openai', model: answer.model }, async (call) => {
        await Promise.resolve();
        await inside?.();
        call.recordResponse(told);
      });
    if (observer === 'us') await ours(answer);
    else if (observer === 'another') await theirs(answer);
    else if (observer === 'both') await ours(answer, () => theirs(part));
    else if (observer === 'twice') await ours(answer, () => ours(part));
    else await theirs(answer, () => theirs(part));
    return answer;
  }

  async #refused(model: string, byUs: boolean): Promise<void> {
    if (byUs) {
      const call = this.#app.genAi.startInference({ provider: 'openai', model });
      await Promise.resolve();
      call.fail(new Error('refused'));
      return;
    }
    callOfAnother(this.#app.another, model).setStatus({ code: 2 }).end();
  }

  async #another({ model, id, usage }: Told, inside?: () => Promise<void>): Promise<void> {
    const span = callOfAnother(this.#app.another, model);
    await context.with(trace.setSpan(context.active(), span), async () => {
      await Promise.resolve();
      await inside?.();
    });
    endSpan(span, id, usage);
  }

  async #around(plan: Around): Promise<Answer[]> {
    const { inside, recorded, pick, isParallel, asks, hasId } = plan;
    const first = firstClient(inside);
    const model = MODELS[first?.isOther === true ? 1 : 0];
    if (first?.isOther === true) this.isMeasured = false;
    const request = { provider: 'openai', model };
    let all: Answer[] = [];
    await this.#app.genAi.inference(request, async (call) => {
      const parts: (readonly Answer[])[] = [];
      const isEach = recorded === 'each' && !isParallel && !asks;
      all = await this.#all(inside, isParallel, true, (answers) => {
        parts.push(answers);
        if (isEach) for (const answer of answers) call.recordResponse(answer);
      });
      if (asks) {
        const answer = this.#answer(first?.isOther === true, hasId);
        call.recordResponse(answer);
        all = [...all, answer];
      } else if (!isEach) {
        const at = pick % inside.length;
        const part = isSumOfAll(inside[at]) ? parts[at] : undefined;
        record(call, recorded, all, part, all[pick % all.length]);
      }
    });
    return all;
  }

  async #streamed({ inside, isWrappedTwice }: Streamed): Promise<Answer[]> {
    const [first] = inside;
    const model = MODELS[first?.isOther === true ? 1 : 0];
    if (first?.isOther === true) this.isMeasured = false;
    const answers: Answer[] = [];
    const chunksOf = async function* (this: RandomCalls): AsyncGenerator {
      for (const each of inside) {
        const answer = this.#answer(each.isOther, each.hasId);
        answers.push(answer);
        yield* await this.#stream(each.observer, answer, each.isOther);
      }
    };
    const around = (source: AsyncGenerator): Promise<AsyncGenerator> =>
      this.#app.genAi.inference({ provider: 'openai', model, stream: true }, (call) =>
        Promise.resolve(call.stream(source, openAiChatStream)),
      );
    const within = (): Promise<AsyncGenerator> => around(chunksOf.call(this));
    const twice = async function* (): AsyncGenerator {
      yield* await within();
    };
    for await (const _ of await (isWrappedTwice ? around(twice()) : within()));
    return answers;
  }

  async #stream(observer: Observer, answer: Answer, isOther: boolean): Promise<AsyncGenerator> {
    const ours = (source: AsyncGenerator): Promise<AsyncGenerator> =>
      this.#app.genAi.inference({ provider: 'openai', model: answer.model, stream: true }, (call) =>
        Promise.resolve(call.stream(source, openAiChatStream)),
      );
    const { another } = this.#app;
    const theirs = async function* (source: AsyncGenerator): AsyncGenerator {
      const span = callOfAnother(another, answer.model);
      yield* source;
      endSpan(span, answer.id, answer.usage);
    };
    if (observer === 'us') return await ours(chatChunks(answer));
    if (observer === 'both') return await ours(theirs(chatChunks(answer)));
    const lazy = async function* (): AsyncGenerator {
      yield* await ours(chatChunks(answer));
    };
    if (observer === 'twice') return await ours(lazy());
    if (isOther) this.isMeasured = false;
    return theirs(chatChunks(answer));
  }
}

/** Of a prime modulus, which is larger than a plan, no two numbers are the same. */
function scattered(n: number, modulus: number): number {
  return 1 + (((n + 1) * 7919 * 7919) % modulus);
}

function endSpan(span: Span, id: string | undefined, usage: Told['usage']): void {
  const { inputTokens, outputTokens } = usage;
  if (id !== undefined) span.setAttribute('gen_ai.response.id', id);
  span.setAttribute('gen_ai.usage.input_tokens', inputTokens);
  if (outputTokens !== undefined) span.setAttribute('gen_ai.usage.output_tokens', outputTokens);
  span.end();
}

function firstClient(nodes: readonly Node[]): Client | undefined {
  for (const each of nodes) {
    const first = each.kind === 'client' ? each : firstClient(each.inside);
    if (first !== undefined) return first;
  }
  return undefined;
}

/** One inside that recorded a sum is known by that. */
function isSumOfAll(node: Node | undefined): boolean {
  return node?.kind === 'around' && node.recorded.startsWith('sum') && !node.asks;
}

function record(
  call: InferenceCall,
  recorded: Recorded,
  all: readonly Answer[],
  part: readonly Answer[] = all,
  one: Answer | undefined,
): void {
  const last = all.at(-1);
  const responses: Record<Recorded, InferenceResponse | undefined> = {
    nothing: undefined,
    last,
    each: last,
    any: one,
    sum: { usage: sumOf(all), model: last?.model },
    'sum and id': { usage: sumOf(all), model: last?.model, id: last?.id },
    'one inside': { usage: sumOf(part), model: part.at(-1)?.model },
  };
  const response = responses[recorded];
  if (response !== undefined) call.recordResponse(response);
}
