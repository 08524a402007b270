'use strict';
const { test, before } = require('node:test');
const { Parse, assert, freshClass, rest, saved, values } = require('./support');

const Place = freshClass('Place');
const Area = freshClass('Area');
const zurich = new Parse.GeoPoint(47.3769, 8.5417);

before(async () => {
  await saved(
    Place,
    { name: 'Bern', at: new Parse.GeoPoint(46.948, 7.4474) },
    { name: 'Basel', at: new Parse.GeoPoint(47.5596, 7.5886) },
    { name: 'Zug', at: new Parse.GeoPoint(47.1662, 8.5155) },
    { name: 'Sydney', at: new Parse.GeoPoint(-33.8688, 151.2093) },
    { name: 'Nowhere' }
  );
  await saved(
    Area,
    { name: 'square', shape: new Parse.Polygon([[0, 0], [0, 10], [10, 10], [10, 0]]) },
    { name: 'triangle', shape: new Parse.Polygon([[5, 5], [5, 20], [20, 5]]) }
  );
});

async function names(query) {
  return values(await query.find(), 'name');
}

const places = () => new Parse.Query(Place);

test('near orders by distance', async () => {
  assert.deepEqual(await names(places().near('at', zurich)), ['Zug', 'Basel', 'Bern', 'Sydney']);
  assert.deepEqual(await names(places().near('at', zurich).limit(1)), ['Zug']);
});

test('near can be joined with other constraints', async () => {
  assert.deepEqual(await names(places().near('at', zurich).startsWith('name', 'B')), ['Basel', 'Bern']);
});

test('within a distance in kilometres, miles and radians', async () => {
  assert.deepEqual(await names(places().withinKilometers('at', zurich, 50)), ['Zug']);
  assert.deepEqual(await names(places().withinKilometers('at', zurich, 80)), ['Zug', 'Basel']);
  assert.deepEqual(await names(places().withinMiles('at', zurich, 60)), ['Zug', 'Basel', 'Bern']);
  assert.deepEqual(await names(places().withinRadians('at', zurich, 50 / 6371)), ['Zug']);
});

test('within a distance without order', async () => {
  assert.deepEqual((await names(places().withinKilometers('at', zurich, 80, false))).sort(), ['Basel', 'Zug']);
  assert.deepEqual(await names(places().withinKilometers('at', zurich, 200, false).ascending('name')), ['Basel', 'Bern', 'Zug']);
});

test('within a box', async () => {
  const southwest = new Parse.GeoPoint(46, 7);
  const northeast = new Parse.GeoPoint(47.2, 9);
  assert.deepEqual((await names(places().withinGeoBox('at', southwest, northeast))).sort(), ['Bern', 'Zug']);
});

test('within a polygon', async () => {
  const points = [new Parse.GeoPoint(46, 7), new Parse.GeoPoint(46, 8), new Parse.GeoPoint(48, 8), new Parse.GeoPoint(48, 7)];
  assert.deepEqual((await names(places().withinPolygon('at', points))).sort(), ['Basel', 'Bern']);
});

test('polygons that contain a point', async () => {
  const areas = () => new Parse.Query(Area);
  assert.deepEqual((await names(areas().polygonContains('shape', new Parse.GeoPoint(6, 6)))).sort(), ['square', 'triangle']);
  assert.deepEqual(await names(areas().polygonContains('shape', new Parse.GeoPoint(1, 1))), ['square']);
  assert.deepEqual(await names(areas().polygonContains('shape', new Parse.GeoPoint(40, 40))), []);
});

test('near can be counted', async () => {
  assert.equal(await places().withinKilometers('at', zurich, 80).count(), 2);
});

test('a point that is none is refused', async () => {
  const className = freshClass('Bad');
  const answer = await rest('POST', `/classes/${className}`, { at: { __type: 'GeoPoint', latitude: 1 } });
  assert.equal(answer.status, 400);
  assert.equal(answer.body.code, Parse.Error.INCORRECT_TYPE, JSON.stringify(answer.body));
});

test('a class has one field of points', async () => {
  const className = freshClass('Two');
  const point = { __type: 'GeoPoint', latitude: 1, longitude: 1 };
  const answer = await rest('POST', `/classes/${className}`, { a: point, b: point });
  assert.equal(answer.body.code, Parse.Error.INCORRECT_TYPE, JSON.stringify(answer.body));
});

test('a wrong polygon in a query is refused', async () => {
  for (const polygon of [[], [{ __type: 'GeoPoint', latitude: 0, longitude: 0 }], 'x']) {
    const where = encodeURIComponent(JSON.stringify({ at: { $geoWithin: { $polygon: polygon } } }));
    const answer = await rest('GET', `/classes/${Place}?where=${where}`);
    assert.equal(answer.body.code, Parse.Error.INVALID_JSON, JSON.stringify(answer.body));
  }
});
