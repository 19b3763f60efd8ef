#!/usr/bin/env node
import { tooOldNode } from './too-old-node.ts';

// npm only warns, and what is loaded after this does not even link on an older one.
const problem = tooOldNode(process.versions.node);
if (problem === undefined) await import('./start.ts');
else {
  process.stderr.write(`llm-otel: ${problem}\n`);
  process.exitCode = 1;
}
