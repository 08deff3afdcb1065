// What a client can be told: name, what it takes, what it gives.
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { downloadContentFromMessage } from 'baileys'

export const commands = {
  /** {url, state: file, name?, rootKey?: hex, ca?: PEM file, log?: level} -> {}; then events. */
  connect: (peer, settings) => peer.connect(settings),

  /** {phone: digits} -> {code}, when the server knows of it; once a `qr` event was seen. */
  'pair-by-code': async (peer, { phone }) => ({ code: await peer.requestCode(phone) }),

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

  /** {to, type, file: path, mimetype, caption?, fileName?} -> {id}; type as in `file` events. */
  'send-file': async (peer, file) => ({ id: await peer.sendFile(file) }),

  /** {message: id} -> {length, sha256, mac, encryptedHash, hash}: fetches the file of a message that came. What Baileys
   *  itself does not check is checked here: the last three say whether it is right. */
  'fetch-file': async (peer, { message }) => {
    const { type, content } = peer.file(message)
    return fetched(content, type === 'voice' ? 'ptt' : type, KEYS[type])
  },

  /** {to, text, url, title, file: path} -> {id}: a text with the preview of a link, its thumbnail uploaded. */
  'send-link': async (peer, link) => ({ id: await peer.sendLink(link) }),

  /** {message: id} -> as fetch-file, for the uploaded thumbnail of a message that came. */
  'fetch-thumbnail': async (peer, { message }) => {
    const { type, content } = peer.thumbnail(message)
    const { mediaKey, thumbnailDirectPath: directPath, thumbnailSha256, thumbnailEncSha256 } = content
    const file = { mediaKey, directPath, fileSha256: thumbnailSha256, fileEncSha256: thumbnailEncSha256 }
    return fetched({ ...file, url: await peer.url(directPath) }, type, KEYS[type])
  },

  /** {chat, message: id, sender?: in a group} -> {}: says that it was read. */
  read: async (peer, { chat, message, sender }) =>
    peer.socket.readMessages([{ remoteJid: chat, id: message, fromMe: false, participant: sender }]),

  /** {subject, members: JIDs} -> {id, members: [{id, pn, admin}], addressing} */
  'create-group': async (peer, { subject, members }) => described(await peer.socket.groupCreate(subject, members)),

  /** {group} -> like create-group */
  'describe-group': async (peer, { group }) => described(await peer.socket.groupMetadata(group)),

  /** {device: LID JID} -> {session}: forgets its session with the device, so that it cannot read what comes. */
  'forget-session': (peer, { device }) => change(peer, device, () => null),

  /** {device: LID JID} -> {session}: goes on with wrong keys, so that the device cannot read what it sends. */
  'spoil-session': (peer, { device }) => change(peer, device, spoil),

  /** {} -> {sessions}: the addresses it has sessions with. */
  sessions: peer => ({ sessions: peer.state.ids('session') }),

  /** {} -> {}: closes the connection and keeps the state; `connect` with the same file comes back. */
  leave: peer => peer.leave()
}

const KEYS = {
  image: 'Image', sticker: 'Image', video: 'Video', audio: 'Audio', voice: 'Audio', document: 'Document',
  'thumbnail-image': 'Image Thumbnail', 'thumbnail-video': 'Video Thumbnail', 'thumbnail-document': 'Document Thumbnail',
  'thumbnail-link': 'Link Thumbnail'
}

/** Twice from the hosts: once by Baileys, for the file; once raw, for the MAC and the hash of what is kept there. */
async function fetched(content, type, keys) {
  const plain = createHash('sha256')
  let length = 0
  for await (const piece of await downloadContentFromMessage(content, type)) {
    plain.update(piece)
    length += piece.length
  }
  const sha256 = plain.digest()
  const key = Buffer.from(hkdfSync('sha256', content.mediaKey, Buffer.alloc(0), `WhatsApp ${keys} Keys`, 112))
  const mac = createHmac('sha256', key.subarray(48, 80)).update(key.subarray(0, 16))
  const whole = createHash('sha256')
  let held = Buffer.alloc(0)
  const answer = await fetch(content.url)
  if (!answer.ok) throw new Error(`url: status ${answer.status} (expected: 200)`)
  for await (const piece of answer.body) {
    whole.update(piece)
    held = Buffer.concat([held, piece])
    mac.update(held.subarray(0, Math.max(0, held.length - 10)))
    held = held.subarray(Math.max(0, held.length - 10))
  }
  return {
    length,
    sha256: sha256.toString('hex'),
    mac: mac.digest().subarray(0, 10).equals(held),
    encryptedHash: whole.digest().equals(Buffer.from(content.fileEncSha256)),
    hash: sha256.equals(Buffer.from(content.fileSha256))
  }
}

function described(metadata) {
  const members = metadata.participants.map(({ id, phoneNumber, admin }) => ({ id, pn: phoneNumber, admin }))
  return { id: metadata.id, subject: metadata.subject, members, addressing: metadata.addressingMode }
}

async function change(peer, device, how) {
  const { signalRepository, authState } = peer.socket
  const session = signalRepository.jidToSignalProtocolAddress(device)
  const row = (await authState.keys.get('session', [session]))[session]
  if (!row) throw new Error(`device: ${device} (expected: one of ${peer.state.ids('session').join(', ')})`)
  await authState.keys.set({ session: { [session]: how(row) } })
  return { session }
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
