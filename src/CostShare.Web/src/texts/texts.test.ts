import { expect, test } from 'vitest'
import en from './en.json'
import zh from './zh-CN.json'

const flat = (texts: object, at = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[at + key, value] as [string, string]] : flat(value as object, `${at}${key}.`),
  )
const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

test('Both languages say the same things, with the same places for figures', () => {
  const [ours, theirs] = [new Map(flat(zh)), new Map(flat(en))]
  expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort())
  for (const [key, text] of ours) expect(places(theirs.get(key)!), key).toEqual(places(text))
})

test('Nothing is left empty or in the other language', () => {
  for (const [key, text] of flat(zh)) expect(text.trim(), key).not.toBe('')
  for (const [key, text] of flat(en)) expect(text, key).not.toMatch(/[\u4e00-\u9fff]/)
})
