export { type AnthropicOptions, instrument } from './instrument.ts';
