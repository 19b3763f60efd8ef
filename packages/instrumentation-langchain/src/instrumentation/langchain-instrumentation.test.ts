import { CallbackManager } from '@langchain/core/callbacks/manager';
import { RunnableLambda } from '@langchain/core/runnables';
import { diag, type DiagLogger } from '@opentelemetry/api';
import { recordSpans } from '@llm-otel/testing';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, expect, test, vi } from 'vitest';
import { LangChainInstrumentation } from './langchain-instrumentation.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

/** What the base class does when a file of the library is loaded, and when the instrumentation is disabled. */
interface Hooks {
  patch(library: unknown, version?: string): unknown;
  unpatch(library: unknown): void;
}

const instrumentation = new LangChainInstrumentation({ tracer });
function filesOf(made: LangChainInstrumentation): Hooks[] {
  return (made as unknown as { init(): { files: Hooks[] } }).init().files;
}

const files = filesOf(instrumentation);
const file = files[0] as Hooks;
const library = { CallbackManager };
const bare: unknown = Reflect.get(CallbackManager, '_configureSync');

afterEach(() => {
  file.unpatch(library);
  recorder.clear();
  diag.disable();
});

async function runOne(): Promise<void> {
  await RunnableLambda.from((given: string) => given).invoke('x');
}

test('every run is observed once the library is loaded, and once only', async () => {
  file.patch(library, '1.4.0');
  file.patch(library, '1.4.0');

  await runOne();

  expect(recorder.spans.map(({ name }) => name)).toEqual(['RunnableLambda']);
});

test('what is disabled observes nothing, and what is taken back leaves the library as it was', async () => {
  file.patch(library, '1.4.0');

  instrumentation.disable();
  await runOne();
  instrumentation.enable();
  file.unpatch(library);
  await runOne();

  expect(recorder.spans).toEqual([]);
  expect(Reflect.get(CallbackManager, '_configureSync')).toBe(bare);
});

test.each(['0.2.36', '2.0.0'])('version %s is not known: told once and left alone', (version) => {
  const warned = vi.fn<(...words: unknown[]) => void>();
  diag.setLogger({ warn: warned } as unknown as DiagLogger);

  const loaded = filesOf(instrumentation);
  for (const each of loaded) each.patch(library, version);

  expect(Reflect.get(CallbackManager, '_configureSync')).toBe(bare);
  expect(warned.mock.calls.map((words) => words.at(-1))).toEqual([
    `@langchain/core ${version} is not observed: this release knows >=0.3.40 <2.0.0`,
  ]);
});

test('what is no library at all is left alone', () => {
  expect(file.patch({}, '1.4.0')).toEqual({});
  expect(file.patch(undefined, '1.4.0')).toBeUndefined();
});
