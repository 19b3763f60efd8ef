export { readList, readMember, readNumber, readString } from '../read-member.ts';
export { type ApiPromiseObserver, observeApiPromise } from './observe-api-promise.ts';
export { overrideMember } from './override-member.ts';
