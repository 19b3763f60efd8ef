import { isText, type ModelRequest } from './model-request.ts';
import type { ModelReply, ModelScript, ModelScripts } from './model-script.ts';

/** Finds the script for each request and counts how often each was used. */
export class ScriptBook {
  readonly #scripts: ModelScripts;
  readonly #uses = new Map<ModelScript, number>();

  constructor(scripts: ModelScripts) {
    this.#scripts = scripts;
  }

  replyTo(request: ModelRequest): ModelReply | undefined {
    const scripts = this.#scripts;
    if (typeof scripts === 'function') return scripts(request);
    // Embeddings and lists of models are answered as they come: they must not use up what a model says.
    const script = scripts.find(
      (candidate) => this.#left(candidate) > 0 && (candidate.when?.(request) ?? isText(request)),
    );
    if (script !== undefined) this.#uses.set(script, (this.#uses.get(script) ?? 0) + 1);
    return script;
  }

  /** How many requests the scripts of a list could still answer. A test may want 0 at its end. */
  get left(): number {
    if (typeof this.#scripts === 'function') return 0;
    return this.#scripts.reduce((sum, script) => sum + this.#left(script), 0);
  }

  #left(script: ModelScript): number {
    return (script.times ?? 1) - (this.#uses.get(script) ?? 0);
  }
}

/** The answer to a request that no script is for: what was asked. */
export function echo(request: ModelRequest): ModelReply {
  return { text: `You said: ${request.lastText}` };
}
