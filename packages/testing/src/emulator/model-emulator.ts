import type { FakeClock } from '../clock/fake-clock.ts';
import type { ModelRequest } from './model-request.ts';
import type { ModelScripts } from './model-script.ts';

export interface ModelEmulatorOptions {
  /** @defaultValue none: every request gets its own text back */
  readonly scripts?: ModelScripts | undefined;
  /** A request that no script is for is an error (status 400) instead of an echo. @defaultValue false */
  readonly strict?: boolean | undefined;
  /** Time before each answer, unless its script says another. @defaultValue 0 */
  readonly latencyMillis?: number | undefined;
  /** Where the delays come from. @defaultValue the timers of Node.js */
  readonly clock?: Pick<FakeClock, 'setTimer' | 'clearTimer'> | undefined;
  /** What `GET /v1/models` lists. @defaultValue two made-up names */
  readonly models?: readonly string[] | undefined;
  /** @defaultValue 0, a free port */
  readonly port?: number | undefined;
}

/** A server on 127.0.0.1 that answers as model APIs do, from scripts. */
export interface ModelEmulator extends AsyncDisposable {
  /** Also the `endpoint` for `@aws-sdk/client-bedrock-runtime`, over HTTP/1.1 and HTTP/2. */
  readonly url: string;
  /** `baseURL` for the `openai` package. */
  readonly openAiBaseUrl: string;
  /** `baseURL` for `@anthropic-ai/sdk`. */
  readonly anthropicBaseUrl: string;
  /** `httpOptions.baseUrl` for `@google/genai`, with Vertex AI as well. */
  readonly geminiBaseUrl: string;
  readonly requests: readonly ModelRequest[];
  /** How many requests the scripts of a list could still answer. */
  readonly scriptsLeft: number;
  /** Replaces the scripts. */
  script(scripts: ModelScripts): void;
  /**
   * Resolves once `condition` is true, or that many requests have an outcome.
   * @param timeoutMillis default 5000; then it rejects
   */
  waitFor(
    condition: number | ((emulator: ModelEmulator) => boolean),
    timeoutMillis?: number,
  ): Promise<void>;
  /** Ends everything, hanging answers included. */
  close(): Promise<void>;
}
