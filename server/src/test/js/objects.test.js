'use strict';
const { test } = require('node:test');
const { Parse, assert, failsWith, freshClass, master, rest, saved } = require('./support');

test('a new object gets an id and its times from the server', async () => {
  const before = Date.now();
  const score = new Parse.Object(freshClass('Score'));
  await score.save({ score: 1337, playerName: 'Sean Plott', cheatMode: false });
  assert.match(score.id, /^[A-Za-z0-9]{10}$/);
  assert.ok(score.createdAt instanceof Date);
  assert.equal(score.updatedAt.getTime(), score.createdAt.getTime());
  assert.ok(Math.abs(score.createdAt.getTime() - before) < 60_000);
});

test('creating answers 201 with the location of the object', async () => {
  const className = freshClass('Score');
  const created = await rest('POST', `/classes/${className}`, { score: 1337 });
  assert.equal(created.status, 201);
  assert.deepEqual(Object.keys(created.body).sort(), ['createdAt', 'objectId']);
  assert.match(created.body.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.match(created.headers.get('location'), new RegExp(`/classes/${className}/${created.body.objectId}$`));
});

test('an object read over REST has its fields, its id and its times', async () => {
  const className = freshClass('Score');
  const { body } = await rest('POST', `/classes/${className}`, { score: 1337, playerName: 'Sean Plott', cheatMode: false });
  const read = await rest('GET', `/classes/${className}/${body.objectId}`);
  assert.equal(read.status, 200);
  assert.deepEqual(read.body, {
    objectId: body.objectId,
    createdAt: body.createdAt,
    updatedAt: body.createdAt,
    score: 1337,
    playerName: 'Sean Plott',
    cheatMode: false,
  });
});

test('every type of value comes back as it was saved', async () => {
  const [target] = await saved(freshClass('Target'), { name: 'target' });
  const className = freshClass('Everything');
  const file = Parse.File.fromJSON({ __type: 'File', name: 'abc_photo.png', url: 'http://localhost/abc_photo.png' });
  const values = {
    text: 'Grüße, 世界 🌍 "quoted" \\ \n\t end',
    empty: '',
    whole: 42,
    fraction: 0.1,
    negative: -273.15,
    big: 9007199254740991,
    huge: 1.7976931348623157e308,
    tiny: 5e-324,
    yes: true,
    no: false,
    date: new Date('2021-08-15T12:34:56.789Z'),
    oldDate: new Date('1815-12-10T00:00:00.001Z'),
    object: { a: { b: [1, { c: null }] }, empty: {}, 'key with blank': 1 },
    array: [1, 'two', true, null, { three: 3 }, [4], []],
    emptyArray: [],
    point: new Parse.GeoPoint(40.5, -30.25),
    polygon: new Parse.Polygon([[0, 0], [0, 1], [1, 1], [1, 0]]),
    pointer: target,
    file,
  };
  const object = new Parse.Object(className, values);
  await object.save();
  const read = await new Parse.Query(className).get(object.id);
  for (const key of ['text', 'empty', 'whole', 'fraction', 'negative', 'big', 'huge', 'tiny', 'yes', 'no', 'object', 'array', 'emptyArray']) {
    assert.deepEqual(read.get(key), values[key], key);
  }
  assert.equal(read.get('date').getTime(), values.date.getTime());
  assert.equal(read.get('oldDate').getTime(), values.oldDate.getTime());
  assert.deepEqual(read.get('point').toJSON(), { __type: 'GeoPoint', latitude: 40.5, longitude: -30.25 });
  assert.ok(read.get('polygon').equals(new Parse.Polygon([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]])));
  assert.equal(read.get('pointer').className, target.className);
  assert.equal(read.get('pointer').id, target.id);
  assert.equal(read.get('file').name(), 'abc_photo.png');
  assert.match(read.get('file').url(), /abc_photo\.png$/);
});

test('bytes come back as they were saved', async () => {
  const className = freshClass('Bytes');
  const bytes = { __type: 'Bytes', base64: 'ZnJhbnRpY2FsbHk=' };
  const created = await rest('POST', `/classes/${className}`, { bytes });
  assert.equal(created.status, 201);
  const read = await rest('GET', `/classes/${className}/${created.body.objectId}`);
  assert.deepEqual(read.body.bytes, bytes);
});

test('numbers are written as JavaScript writes them', async () => {
  const className = freshClass('Numbers');
  const created = await rest('POST', `/classes/${className}`, '{"a":1.0,"b":1e3,"c":100000000000000000000,"d":1e21,"e":-0.0000001,"list":[1.0,2e0]}');
  const response = await fetch(`${Parse.serverURL}/classes/${className}/${created.body.objectId}`, {
    headers: { 'X-Parse-Application-Id': Parse.applicationId },
  });
  const text = await response.text();
  for (const part of ['"a":1,', '"b":1000,', '"c":100000000000000000000,', '"d":1e+21,', '"e":-1e-7,', '"list":[1,2]']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
});

test('an update changes the fields it names and no others', async () => {
  const [object] = await saved(freshClass('Update'), { a: 1, b: 'kept' });
  const created = object.createdAt.getTime();
  await new Promise(resolve => setTimeout(resolve, 5)); // the clock of updatedAt has milliseconds
  await object.save({ a: 2 });
  const read = await new Parse.Query(object.className).get(object.id);
  assert.equal(read.get('a'), 2);
  assert.equal(read.get('b'), 'kept');
  assert.equal(read.createdAt.getTime(), created);
  assert.ok(read.updatedAt.getTime() > created);
});

test('an update answers the new time only', async () => {
  const [object] = await saved(freshClass('Update'), { a: 1 });
  const updated = await rest('PUT', `/classes/${object.className}/${object.id}`, { a: 2 });
  assert.equal(updated.status, 200);
  assert.deepEqual(Object.keys(updated.body), ['updatedAt']);
});

test('a deleted object is gone', async () => {
  const [object] = await saved(freshClass('Delete'), { a: 1 });
  await object.destroy();
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, new Parse.Query(object.className).get(object.id));
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, object.save({ a: 2 }));
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, new Parse.Object(object.className, { id: object.id }).destroy());
});

test('deleting answers an empty object', async () => {
  const [object] = await saved(freshClass('Delete'), { a: 1 });
  const deleted = await rest('DELETE', `/classes/${object.className}/${object.id}`);
  assert.equal(deleted.status, 200);
  assert.deepEqual(deleted.body, {});
});

test('an unknown class has no objects', async () => {
  const className = freshClass('Nowhere');
  assert.deepEqual(await new Parse.Query(className).find(), []);
  assert.equal(await new Parse.Query(className).count(), 0);
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, new Parse.Query(className).get('doesNotEx1'));
});

test('fetch brings what another client has changed', async () => {
  const [mine] = await saved(freshClass('Fetch'), { a: 1, b: 1 });
  await Parse.Object.extend(mine.className).createWithoutData(mine.id).save({ a: 2 });
  await mine.fetch();
  assert.equal(mine.get('a'), 2);
  assert.equal(mine.get('b'), 1);
});

test('fetch of a deleted object fails', async () => {
  const [object] = await saved(freshClass('Fetch'), { a: 1 });
  await Parse.Object.extend(object.className).createWithoutData(object.id).destroy();
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, object.fetch());
});

test('fetchAll and fetchAllIfNeeded fill pointers', async () => {
  const className = freshClass('Fetch');
  const objects = await saved(className, { n: 0 }, { n: 1 }, { n: 2 });
  const empty = objects.map(object => Parse.Object.extend(className).createWithoutData(object.id));
  assert.ok(empty.every(object => !object.isDataAvailable()));
  await Parse.Object.fetchAllIfNeeded(empty);
  assert.deepEqual(empty.map(object => object.get('n')), [0, 1, 2]);
  await Parse.Object.extend(className).createWithoutData(objects[1].id).save({ n: 10 });
  await Parse.Object.fetchAll(empty);
  assert.deepEqual(empty.map(object => object.get('n')), [0, 10, 2]);
});

test('fetchWithInclude brings the object behind a pointer', async () => {
  const [owner] = await saved(freshClass('Owner'), { name: 'Ann' });
  const [thing] = await saved(freshClass('Thing'), { owner });
  const again = Parse.Object.extend(thing.className).createWithoutData(thing.id);
  await again.fetchWithInclude(['owner']);
  assert.equal(again.get('owner').get('name'), 'Ann');
});

test('exists tells whether the object is there', async () => {
  const [object] = await saved(freshClass('Exists'), { a: 1 });
  assert.equal(await object.exists(), true);
  await object.destroy();
  assert.equal(await object.exists(), false);
});

test('a new pointed-to object is saved with the one that points to it', async () => {
  const child = new Parse.Object(freshClass('Child'), { name: 'child' });
  const parent = new Parse.Object(freshClass('Parent'), { child, list: [child] });
  await parent.save();
  assert.ok(child.id);
  const read = await new Parse.Query(parent.className).include('child').get(parent.id);
  assert.equal(read.get('child').get('name'), 'child');
  assert.equal(read.get('list')[0].id, child.id);
});

test('a field can be unset', async () => {
  const [object] = await saved(freshClass('Unset'), { a: 1, b: 2 });
  object.unset('a');
  await object.save();
  const read = await new Parse.Query(object.className).get(object.id);
  assert.equal(read.has('a'), false);
  assert.equal(read.get('b'), 2);
});

test('null empties a field of any type', async () => {
  const [object] = await saved(freshClass('Null'), { text: 'a', number: 1, list: [1], object: { a: 1 }, date: new Date(), point: new Parse.GeoPoint(1, 1) });
  for (const key of ['text', 'number', 'list', 'object', 'date', 'point']) {
    object.set(key, null);
  }
  await object.save();
  const read = await new Parse.Query(object.className).get(object.id);
  for (const key of ['text', 'number', 'list', 'object', 'date', 'point']) {
    assert.equal(read.get(key) ?? null, null, key);
  }
  await object.save({ number: 2 });
  assert.equal((await new Parse.Query(object.className).get(object.id)).get('number'), 2);
});

test('a file reference in an object keeps its name and gets an address', async () => {
  const className = freshClass('Photo');
  const created = await rest('POST', `/classes/${className}`, { picture: { __type: 'File', name: 'a1b2_photo.png' }, more: [{ __type: 'File', name: 'x.txt' }] });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const read = await rest('GET', `/classes/${className}/${created.body.objectId}`);
  assert.equal(read.body.picture.__type, 'File');
  assert.equal(read.body.picture.name, 'a1b2_photo.png');
  assert.match(read.body.picture.url, /^https?:\/\/.+a1b2_photo\.png$/);
});

test('subclasses are made of what comes back', async () => {
  const className = freshClass('Monster');
  class Monster extends Parse.Object {
    constructor() {
      super(className);
    }
    isStrong() {
      return this.get('strength') > 18;
    }
  }
  Parse.Object.registerSubclass(className, Monster);
  const monster = new Monster();
  await monster.save({ strength: 20 });
  const read = await new Parse.Query(Monster).first();
  assert.ok(read instanceof Monster);
  assert.ok(read.isStrong());
});

test('createdAt and updatedAt are not the client’s to set', async () => {
  const [object] = await saved(freshClass('Times'), { a: 1 });
  await rest('PUT', `/classes/${object.className}/${object.id}`, { createdAt: '1999-01-01T00:00:00.000Z', a: 2 });
  const read = await new Parse.Query(object.className).get(object.id);
  assert.equal(read.createdAt.getTime(), object.createdAt.getTime());
});

test('the master key may do what the public may do', async () => {
  const object = new Parse.Object(freshClass('Master'), { a: 1 });
  await object.save(null, master);
  assert.equal((await new Parse.Query(object.className).get(object.id, master)).get('a'), 1);
  await object.destroy(master);
});
