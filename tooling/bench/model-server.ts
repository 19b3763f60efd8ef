import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ModelServer {
  readonly openAiBaseUrl: string;
  readonly anthropicBaseUrl: string;
  readonly geminiBaseUrl: string;
  /** For Bedrock. */
  readonly url: string;
  close(): void;
}

/** What is used of `@llm-otel/testing`, on which this package cannot depend: that one is built with it. */
interface Testing {
  startModelEmulator(options: {
    readonly scripts: () => { readonly text: string };
  }): Promise<Omit<ModelServer, 'close'>>;
}

/**
 * Starts the model emulator in a process of its own, so that its work does not count as ours. It ends with this process.
 * `testing` is `import.meta.resolve('@llm-otel/testing')`.
 */
export async function startModelServer(testing: string): Promise<ModelServer> {
  const child = fork(fileURLToPath(import.meta.url), [testing], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [urls] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the model emulator ended with ${code}`);
    }),
  ])) as [ModelServer];
  // A bench that is done does not wait for its server.
  child.unref();
  child.channel?.unref();
  return { ...urls, close: () => child.disconnect() };
}

if (import.meta.main) {
  const testing = (await import(process.argv[2] ?? '')) as Testing;
  const { url, openAiBaseUrl, anthropicBaseUrl, geminiBaseUrl } = await testing.startModelEmulator({
    scripts: () => ({ text: 'On its way.' }),
  });
  process.send?.({ url, openAiBaseUrl, anthropicBaseUrl, geminiBaseUrl });
  process.once('disconnect', () => process.exit(0));
}
