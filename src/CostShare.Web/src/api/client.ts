import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

/** The shapes of the API, made from its description. */
export type Schemas = components['schemas']
export type ComparisonRequest = Schemas['ComparisonRequest']
export type ComparisonResult = Schemas['ComparisonResult']
export type SchemeResult = Schemas['SchemeResult']
export type Household = Schemas['PolledHousehold']
export type CostLine = Schemas['CostLine']
export type Problem = Schemas['Problem']
export type Fault = Schemas['ProblemFault']
export type Rule = Schemas['Rule']

const client = createClient<paths>({ baseUrl: '' })

/** What came back: an answer, what is wrong with the request, or nothing because the server was not reached. */
export type Answer<T> = { kind: 'answer'; value: T } | { kind: 'problem'; problem: Problem } | { kind: 'offline' }

type Include = 'derivations' | 'differences' | 'sensitivity' | 'limits'

/** Asks the engine what everybody pays; the page itself computes no amount. */
export async function compare(
  request: ComparisonRequest,
  include: Include[],
  language: string,
  signal?: AbortSignal,
): Promise<Answer<ComparisonResult>> {
  return ask(
    (signal) =>
      client.POST('/api/v1/comparisons', {
        body: request,
        params: { query: { include }, header: { 'Accept-Language': language } },
        signal,
      } as never),
    signal,
  )
}

/** The comparison as a file with the engine's figures. */
export async function exported(request: ComparisonRequest, format: 'xlsx' | 'csv', language: string): Promise<Answer<Blob>> {
  return ask(async () => {
    const response = await fetch(`/api/v1/comparisons?format=${format}`, {
      method: 'POST',
      body: JSON.stringify(request),
      headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
    })
    return response.ok ? { data: await response.blob(), response } : { error: await response.json(), response }
  })
}

/** Asks why a household pays what it pays, in words. */
export async function explain(
  request: ComparisonRequest,
  household: string,
  scheme: string,
  language: string,
  signal?: AbortSignal,
): Promise<Answer<Schemas['HouseholdExplanation']>> {
  return ask(
    (signal) =>
      client.POST('/api/v1/explanations', {
        body: request,
        params: { query: { household, scheme: [scheme] }, header: { 'Accept-Language': language } },
        signal,
      } as never),
    signal,
  )
}

/** The policies that are known, by kind. */
export async function policies(kind: string): Promise<Answer<Schemas['PolicyList']>> {
  return ask(() => client.GET('/api/v1/policies', { params: { query: { kind } } } as never))
}

/** Has a sheet read that somebody pasted or chose; nothing of it is kept. */
export async function readSheet(
  body: string | File,
  purpose: 'households' | 'table',
  language: string,
  sheet?: number,
): Promise<Answer<Schemas['SheetReading']>> {
  return ask(async () => {
    const response = await fetch(`/api/v1/sheets/reading?for=${purpose}${sheet ? `&sheet=${sheet}` : ''}`, {
      method: 'POST',
      body,
      headers: {
        'Accept-Language': language,
        'Content-Type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      },
    })
    const answer: unknown = await response.json()
    return response.ok ? { data: answer, response } : { error: answer, response }
  })
}

/** Has a finished table checked. */
export async function checkTable(table: Schemas['TableCheck'], language: string): Promise<Answer<Schemas['TableCheckResult']>> {
  return ask(() => client.POST('/api/v1/tables/check', { body: table, headers: { 'Accept-Language': language } } as never))
}

// How many milliseconds an answer that is waited for may take before the server counts as not reached.
const patience = 20_000

/** Asks; a question that can be withdrawn is given up after a while. */
async function ask<T>(
  call: (signal?: AbortSignal) => Promise<{ data?: unknown; error?: unknown; response: Response }>,
  withdrawn?: AbortSignal,
): Promise<Answer<T>> {
  const own = new AbortController()
  const giveUp = () => own.abort()
  withdrawn?.addEventListener('abort', giveUp)
  const timer = withdrawn && setTimeout(giveUp, patience)
  try {
    const { data, error } = await call(own.signal)
    if (data !== undefined) return { kind: 'answer', value: data as T }
    return isProblem(error) ? { kind: 'problem', problem: error } : { kind: 'offline' }
  } catch (failure) {
    if (withdrawn?.aborted) throw failure
    return { kind: 'offline' }
  } finally {
    clearTimeout(timer)
    withdrawn?.removeEventListener('abort', giveUp)
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'faults' in value
}
