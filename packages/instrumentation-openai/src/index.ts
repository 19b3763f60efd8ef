export { instrument, type OpenAiOptions } from './instrument.ts';
