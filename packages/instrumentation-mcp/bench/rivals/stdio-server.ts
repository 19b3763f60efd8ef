// The server of the table on its standard streams, observed by a rival: `<rival> <release> [file for its spans]`.
import { spanJournal } from '../../test/contract/child-server.ts';
import { startRecording } from '../../test/contract/recording.ts';
import { loadSdk } from './load-sdk.ts';
import { folder, rivals } from './rivals.ts';

const [observer = '', release = '', file] = process.argv.slice(2);
const rival = rivals.find(({ name }) => name === observer);
if (file !== undefined) startRecording([spanJournal(file)]);
const observe = await rival?.start(folder.load, release);
const { sdk, ownStreams } = loadSdk(release, observer);
const server = sdk.createServer();
observe?.(server);
await server.connect(ownStreams());
