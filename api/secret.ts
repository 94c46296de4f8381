// Where the server's secret comes from. What is made from it, and for which purposes, stands in `data/secret.ts`.

import { readKeyFile } from '../data/secret.ts';
import { StoreError } from '../data/store/errors.ts';
import { type Config, ConfigError } from './config.ts';

export { createSecret, isSameHash, openIfPossible, type Purpose, type Secret } from '../data/secret.ts';

/**
 * The configured secret, else that of the key file in the data folder, which is made with mode 0600 when absent.
 * @throws ConfigError for a key file that holds no key
 */
export function readSecretKey({ secretKey, dataFolder }: Pick<Config, 'secretKey' | 'dataFolder'>): string {
  if (secretKey !== null) return secretKey;
  try {
    return readKeyFile(dataFolder);
  } catch (error) {
    throw error instanceof StoreError ? new ConfigError(error.message) : error;
  }
}
