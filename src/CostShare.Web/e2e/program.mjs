// Starts the real program, as an operator would: on a free port of this machine and with an empty data folder, which is removed at the end.
// COSTSHARE_PROGRAM names another build of it; without that it is what `dotnet build src/CostShare.Api` made.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const built = resolve(import.meta.dirname, '../../CostShare.Api/bin/Debug/net10.0/CostShare.Api.dll')

/** Starts the program and waits until it says where it is. */
export function start(program = process.env.COSTSHARE_PROGRAM ?? built) {
  const data = mkdtempSync(join(tmpdir(), 'costshare-web-'))
  const child = spawn('dotnet', [program, '--urls', 'http://127.0.0.1:0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((done) => child.on('exit', done)).then(() => rmSync(data, { recursive: true, force: true }))
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return new Promise((started, failed) => {
    let said = ''
    child.stdout.on('data', (part) => {
      said += part
      const url = /CostShare: (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1]
      if (url) started({ url, stop })
    })
    void ended.then(() => failed(new Error(`The program ended before it said where it is: ${said}`)))
  })
}

if (import.meta.main) {
  const { url, stop } = await start()
  console.log(`CostShare: ${url}`)
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop().then(() => process.exit(0)))
}
