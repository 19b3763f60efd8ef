import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { resolveFrom } from './resolve-from.ts';

let hooked = false;

/** The hooks of `import-in-the-middle`, from its release 3.1 on, that run on the thread of the application. */
interface SynchronousHooks {
  supportsSyncHooks?(): boolean;
  register?(): void;
}

/**
 * Lets instrumentations see what is loaded by `import`, as they see what is loaded by `require`: with the hooks of the
 * `@opentelemetry/instrumentation` that an observer uses. Without effect where that is not installed.
 * @param observer path of the module of an observer
 */
export async function hookImports(observer: string): Promise<void> {
  if (hooked) return;
  const hook = resolveFrom(observer, '@opentelemetry/instrumentation/hook.mjs');
  // An observer that needs none.
  if (hook === undefined) return;
  hooked = true;
  if (registerIsDeprecated() && (await hookSynchronously(hook))) return;
  register(pathToFileURL(hook));
}

/** Node.js 26 warns of `register` on the terminal of every application. Before it, the hooks that are older are the proven ones. */
function registerIsDeprecated(): boolean {
  return Number.parseInt(process.versions.node, 10) >= 26;
}

async function hookSynchronously(instrumentation: string): Promise<boolean> {
  const path = resolveFrom(instrumentation, 'import-in-the-middle/register-hooks.mjs');
  if (path === undefined) return false;
  const hooks = (await import(pathToFileURL(path).href)) as SynchronousHooks;
  if (hooks.supportsSyncHooks?.() !== true || hooks.register === undefined) return false;
  hooks.register();
  return true;
}
