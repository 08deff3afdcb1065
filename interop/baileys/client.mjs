// One Baileys client behind stdin and stdout: a JSON object per line in both directions.
//
//   in   {"id": 7, "do": "send", ...}             what each "do" takes is told in commands.mjs
//   out  {"reply": 7, "ok": {...}}                exactly one for each line in
//        {"reply": 7, "error": "..."}
//        {"event": "message", ...}                whenever it happens; all events are in peer.mjs
//
// It ends when stdin does. Everything else that anybody prints goes to stderr.
import { createInterface } from 'node:readline'
import { commands } from './commands.mjs'
import { quiet } from './quiet.mjs'
import { Peer } from './peer.mjs'

const out = quiet()
const say = line => out(JSON.stringify(line) + '\n')
const peer = new Peer((event, body) => say({ event, ...body }))

async function obey(line) {
  const { id, do: name, ...args } = JSON.parse(line)
  try {
    const command = commands[name]
    if (!command) throw new Error(`do: ${name} (expected: ${Object.keys(commands).join(', ')})`)
    say({ reply: id, ok: (await command(peer, args)) ?? {} })
  } catch (failure) {
    say({ reply: id, error: String(failure?.message ?? failure), trace: failure?.stack })
  }
}

process.on('unhandledRejection', failure => process.stderr.write(`unhandled: ${failure?.stack ?? failure}\n`))
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })
lines.on('line', obey)
lines.on('close', async () => {
  await peer.leave()
  process.exit(0)
})
