export {
  fileContentStore,
  type FileContentStore,
  type FileContentStoreOptions,
  type FileContentStoreReport,
} from './file-content-store.ts';
