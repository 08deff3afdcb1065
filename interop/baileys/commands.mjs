// What a client can be told: name, what it takes, what it gives.
import { randomBytes } from 'node:crypto'
import { jidDecode } from 'baileys'

export const commands = {
  /** {url, state: file, name?, rootKey?: hex, ca?: PEM file, log?: level} -> {}; then events. */
  connect: (peer, settings) => peer.connect(settings),

  /** {phone: digits} -> {code}; once a `qr` event was seen. */
  'pair-by-code': async (peer, { phone }) => ({ code: await peer.socket.requestPairingCode(phone) }),

  /** {} -> {pn, lid, jid}: who it is, once it is paired. */
  names: peer => peer.names(),

  /** {to: JID, text} -> {id} */
  send: async (peer, { to, text }) => ({ id: await peer.send(to, text) }),

  /** {to: JID, texts} -> {ids}, one after the other. */
  'send-all': async (peer, { to, texts }) => {
    const ids = []
    for (const text of texts) ids.push(await peer.send(to, text))
    return { ids }
  },

  /** {chat, message: id, sender?: in a group} -> {}: says that it was read. */
  read: async (peer, { chat, message, sender }) =>
    peer.socket.readMessages([{ remoteJid: chat, id: message, fromMe: false, participant: sender }]),

  /** {subject, members: JIDs} -> {id, members: [{id, pn, admin}], addressing} */
  'create-group': async (peer, { subject, members }) => described(await peer.socket.groupCreate(subject, members)),

  /** {group} -> like create-group */
  'describe-group': async (peer, { group }) => described(await peer.socket.groupMetadata(group)),

  /** {user: JID} -> {sessions}: forgets its sessions with all devices of the user, so it cannot read what comes. */
  'forget-sessions': (peer, { user }) => each(peer, user, () => null),

  /** {user: JID} -> {sessions}: goes on with wrong keys, so that the user's devices cannot read what it sends. */
  'spoil-sessions': (peer, { user }) => each(peer, user, spoil),

  /** {} -> {sessions}: the addresses it has sessions with. */
  sessions: peer => ({ sessions: peer.state.ids('session') }),

  /** {} -> {}: closes the connection and keeps the state; `connect` with the same file comes back. */
  leave: peer => peer.leave()
}

function described(metadata) {
  const members = metadata.participants.map(({ id, phoneNumber, admin }) => ({ id, pn: phoneNumber, admin }))
  return { id: metadata.id, subject: metadata.subject, members, addressing: metadata.addressingMode }
}

async function each(peer, user, change) {
  const { user: name } = jidDecode(user)
  const sessions = peer.state.ids('session').filter(id => id.split(/[_.]/)[0] === name)
  const { keys } = peer.socket.authState
  const rows = await keys.get('session', sessions)
  await keys.set({ session: Object.fromEntries(sessions.map(id => [id, change(rows[id])])) })
  return { sessions }
}

/** Another chain key in every chain it sends on: the counters go on, the keys do not fit any more. */
function spoil(record) {
  for (const session of Object.values(record._sessions)) {
    for (const chain of Object.values(session._chains)) {
      if (chain.chainType === 1) chain.chainKey.key = randomBytes(32).toString('base64')
    }
  }
  return record
}
