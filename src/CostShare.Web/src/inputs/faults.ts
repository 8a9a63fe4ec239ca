import type { Problem } from '../api/client'

/** What is wrong with what stands at a place of the request, or below it. */
export function faultAt(problem: Problem | null, pointer: string): string | undefined {
  return problem?.faults.find((fault) => fault.pointer === pointer || fault.pointer?.startsWith(`${pointer}/`))?.detail
}
