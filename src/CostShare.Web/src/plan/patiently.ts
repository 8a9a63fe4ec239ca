import { again } from './asking'

/** Fetches a part of the page, and again where that failed. */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((done) => setTimeout(done, again))
    }
  }
}
