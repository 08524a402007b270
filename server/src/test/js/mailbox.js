'use strict';
/** Reads mails over POP3 (RFC 1939), as much of it as the tests need. */
const { connect } = require('node:net');
const { setTimeout: pause } = require('node:timers/promises');

const port = Number(process.env.POP3_PORT ?? 0);

/** Tests that need a mailbox; the server under test sends its mails to one only when the Java build runs it. */
const needsMailbox = port ? {} : { skip: 'the server has no mailbox' };

/** All mails to an address, oldest first, as texts. The test mail server knows everybody by his address. */
function mails(address) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').setTimeout(10000, () => socket.destroy(new Error('no answer from the mailbox')));
    socket.on('error', reject);
    const found = [];
    let received = '';
    let count = 0;
    const steps = [
      () => `USER ${address}`,
      () => `PASS ${address}`,
      () => 'STAT',
      answer => {
        count = Number(answer.split(' ')[1]);
        return next();
      },
    ];
    const next = () => (found.length < count ? `RETR ${found.length + 1}` : 'QUIT');
    let retrieving = false;
    socket.on('data', chunk => {
      received += chunk;
      const end = retrieving && received.startsWith('+OK') ? '\r\n.\r\n' : '\r\n';
      if (!received.endsWith(end)) {
        return;
      }
      const answer = received;
      received = '';
      if (retrieving && answer.startsWith('+OK')) {
        found.push(answer);
      } else if (!answer.startsWith('+OK')) {
        socket.end();
        resolve(found); // nobody has this address yet
        return;
      }
      const command = steps.length ? steps.shift()(answer) : next();
      retrieving = command.startsWith('RETR');
      socket.write(`${command}\r\n`);
      if (command === 'QUIT') {
        socket.end();
        resolve(found);
      }
    });
  });
}

/** The link in the mail of this number (1 is the first), when it has arrived. */
async function linkOfMail(address, number) {
  for (let wait = 0; wait < 200; wait++) {
    const mail = (await mails(address))[number - 1];
    if (mail) {
      const link = /https?:\/\/\S+/.exec(mail.replace(/=\r\n/g, '').replace(/=3D/g, '='));
      return link[0];
    }
    await pause(50);
  }
  throw new Error(`mail ${number} to ${address} did not arrive`);
}

module.exports = { linkOfMail, needsMailbox };
