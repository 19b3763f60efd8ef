export { instrument, type McpOptions } from './instrument.ts';
