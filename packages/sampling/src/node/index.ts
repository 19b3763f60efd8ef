export { watchPolicyFile, type WatchPolicyFileOptions } from './watch-policy-file.ts';
