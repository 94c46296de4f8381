// Brings the data: from the server, and from what the phone keeps while the server is away or slow.

import { type CoreDocument, readCore } from '../../data/core.ts';
import type { DetailsDocument } from '../../data/details.ts';
import { ClientError, getJson, getTimed } from '../client.ts';
import type { Manifest } from '../pages/start-state.ts';
import type { Schematic } from '../pages/surroundings.ts';
import type { ServerClock } from './clock.ts';
import { Finder } from './finder.ts';
import type { RiderState } from './rider-state.ts';

/** So long the network may take before the kept data is shown. */
const PATIENCE_MS = 3000;
const FIRST_RETRY_MS = 5000;
const REFRESH_MS = 5 * 60_000;

export interface LoaderHost {
  /** There are new data: rank anew. */
  loaded(): void;
  /** There are none at all, neither from the server nor kept. */
  sayLoadFailed(): void;
  requestUpdate(): void;
}

export class Loader {
  readonly #state: RiderState;
  readonly #clock: ServerClock;
  readonly #host: LoaderHost;
  #version = '';
  #isLoading = false;
  #isDrawing = false;
  #retryMs = FIRST_RETRY_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(state: RiderState, clock: ServerClock, host: LoaderHost) {
    this.#state = state;
    this.#clock = clock;
    this.#host = host;
  }

  /** Asks the server, and from then on every few minutes; sooner again while it cannot be reached. */
  async load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const state = this.#state;
    const kept = state.finder ? undefined : setTimeout(() => void this.#showKept(), this.#patienceMs);
    try {
      await this.#refresh();
      this.#retryMs = FIRST_RETRY_MS;
      state.hasLoadError = false;
      state.isOnline = true;
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      state.isOnline = error.reason === 'server';
      if (!state.finder) await this.#showKept();
      state.hasLoadError = state.isOnline;
      if (!state.finder) this.#host.sayLoadFailed();
    } finally {
      clearTimeout(kept);
      this.#isLoading = false;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), state.isOnline ? REFRESH_MS : this.#retryMs);
    if (!state.isOnline) this.#retryMs = Math.min(this.#retryMs * 2, REFRESH_MS);
    this.#host.requestUpdate();
    if (state.finder && state.schematic.length === 0) void this.#loadSchematic();
  }

  /** For the pages of places; once for each version of the data. */
  async loadDetails(): Promise<void> {
    const state = this.#state;
    const { later } = state;
    if (state.details || !later) return;
    const version = this.#version;
    let details = await later.readKeptDetails(version);
    try {
      const { manifest } = state.start;
      if (!details && manifest) {
        details = await getJson<DetailsDocument>(manifest.detailsUrl);
        void later.keepDetails(details);
      }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
    }
    if (version !== this.#version) return;
    state.details = details && !this.#clock.isKnown ? later.withoutGateHours(details) : details;
    this.#host.requestUpdate();
  }

  get #patienceMs(): number {
    return this.#state.start.manifest === null ? 0 : PATIENCE_MS;
  }

  async #refresh(): Promise<void> {
    const state = this.#state;
    let manifest = state.finder ? null : state.start.manifest;
    if (manifest === null) {
      const answer = await getTimed<Manifest>('/api/snapshot');
      if (answer.serverMs !== null) this.#clock.hear(answer.serverMs);
      manifest = answer.body;
    }
    state.start = { ...state.start, manifest };
    if (manifest.version !== this.#version || !state.isClockKnown) {
      // A place's page that shows its details keeps them under the finger: the new ones come together with the core.
      const details = state.details ? getJson<DetailsDocument>(manifest.detailsUrl) : undefined;
      const [document, fresh] = await Promise.all([
        getJson<CoreDocument>(manifest.coreUrl),
        details,
        this.#loadLater(),
      ]);
      this.#take(document, this.#clock.now());
      if (fresh) {
        state.details = fresh;
        void state.later?.keepDetails(fresh);
      }
      void state.later?.keepCore(document, state.checkedAtMs);
      // Kept beside the core, for the pages of places without a network.
      void this.loadDetails();
    } else {
      state.checkedAtMs = this.#clock.now();
      void state.later?.keepChecked(state.checkedAtMs);
    }
  }

  /** While the server is away or slow. */
  async #showKept(): Promise<void> {
    const state = this.#state;
    try {
      const later = await this.#loadLater();
      const kept = await later.readKeptCore();
      if (!kept || state.finder) return;
      this.#clock.recall(kept.had);
      this.#take(this.#clock.isKnown ? kept.document : later.withoutSchedule(kept.document), kept.had.serverMs);
      state.isOnline = false;
      void this.loadDetails();
      void this.#loadSchematic();
    } catch (error) {
      // Without the screens there is nothing to show it with: the server's page stays.
      if (!(error instanceof ClientError)) throw error;
    }
  }

  #take(document: CoreDocument, checkedAtMs: number): void {
    const state = this.#state;
    state.finder = new Finder(readCore(document), state.finder);
    state.details = null;
    state.checkedAtMs = checkedAtMs;
    state.isClockKnown = this.#clock.isKnown;
    this.#version = document.version;
    this.#host.loaded();
  }

  /** @throws ClientError when they could not be fetched */
  async #loadLater(): Promise<NonNullable<RiderState['later']>> {
    const state = this.#state;
    try {
      const later = await import('./later-screens.ts');
      if (!state.later) {
        state.later = later;
        later.keeping.startKeeping(state, () => this.#host.requestUpdate());
        later.linkWorker(state.start, () => {
          state.hasNewBuild = true;
          this.#host.requestUpdate();
        });
      }
      return later;
    } catch {
      throw new ClientError('network', 'the other screens could not be fetched');
    }
  }

  async #loadSchematic(): Promise<void> {
    const { schematicUrl } = this.#state.start;
    if (schematicUrl === null || this.#isDrawing) return;
    this.#isDrawing = true;
    try {
      this.#state.schematic = (await getJson<{ features: Schematic }>(schematicUrl)).features;
      this.#host.requestUpdate();
    } catch (error) {
      // The picture stays plain; the answer does not need it.
      if (!(error instanceof ClientError)) throw error;
    } finally {
      this.#isDrawing = false;
    }
  }
}
