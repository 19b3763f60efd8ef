import type * as Fs from 'node:fs';
import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as Os from 'node:os';
import type * as Tls from 'node:tls';
import type * as V8 from 'node:v8';
import type * as WorkerThreads from 'node:worker_threads';
import type * as Zlib from 'node:zlib';

// Loaded with the first request that needs them, and not as ES modules: importing them costs an application more at its
// start than all the rest of the pipeline.
export const loadFs = (): typeof Fs => process.getBuiltinModule('node:fs');
export const loadHttp = (): typeof Http => process.getBuiltinModule('node:http');
export const loadHttps = (): typeof Https => process.getBuiltinModule('node:https');
export const loadOs = (): typeof Os => process.getBuiltinModule('node:os');
export const loadTls = (): typeof Tls => process.getBuiltinModule('node:tls');
export const loadV8 = (): typeof V8 => process.getBuiltinModule('node:v8');
export const loadWorkerThreads = (): typeof WorkerThreads =>
  process.getBuiltinModule('node:worker_threads');
export const loadZlib = (): typeof Zlib => process.getBuiltinModule('node:zlib');
