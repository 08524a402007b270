package dev.kami.parse.storage.sql;

import java.util.List;

/**
 * What the statements of this server call in the database. Each is created when it is missing or of another version, told by
 * a comment on the last one. Functions of the genuine server are its own; it replaces them at each of its starts.
 *
 * <p>All of them name only what is in {@code pg_catalog} or themselves, so that they work wherever the search path leads.
 */
final class PostgresFunctions {
    /** To be counted up with every change below. */
    static final String VERSION = "kami 1";

    /** The one that carries the version. */
    static final String LAST = "kami_sort_key_at";

    private PostgresFunctions() {}

    /** In the order in which they need each other. */
    static List<String> all() {
        return List.of(RADIANS, FOLD, IS_SCALAR, LEAVES, SORT_KEY, SORT_KEY_AT);
    }

    /** Great circle between a point and a longitude and latitude, in radians. */
    private static final String RADIANS = """
            CREATE OR REPLACE FUNCTION kami_radians(place point, lon double precision, lat double precision)
            RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $kami$
              SELECT 2 * asin(sqrt(least(1, greatest(0,
                power(sin((radians(lat) - radians(place[1])) / 2), 2)
                + cos(radians(place[1])) * cos(radians(lat)) * power(sin(radians(lon - place[0]) / 2), 2)))))
            $kami$""";

    /**
     * A text without its accents. Longer ones are cut: the words of a text must fit into a megabyte, or it could not be
     * stored any more once there is an index over them.
     */
    private static final String FOLD = """
            CREATE OR REPLACE FUNCTION kami_fold(words text)
            RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $kami$
              SELECT regexp_replace(normalize(left(words, 200000), NFD), '[\\u0300-\\u036f]', '', 'g')
            $kami$""";

    /** A date or bytes: objects in JSON, values without members in MongoDB. */
    private static final String IS_SCALAR = """
            CREATE OR REPLACE FUNCTION kami_is_scalar(item jsonb)
            RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $kami$
              SELECT coalesce(CASE item ->> '__type'
                WHEN 'Date' THEN item ->> 'iso' ~ '^[0-9]{4}-..-..T..:..:..[.]...Z$' AND item - 'iso' - '__type' = '{}'
                WHEN 'Bytes' THEN jsonb_typeof(item -> 'base64') = 'string' AND item - 'base64' - '__type' = '{}'
                ELSE false END, false)
            $kami$""";

    /**
     * The values at the end of a path, as {@code Values.anyLeaf} finds them: arrays as a whole, missing ones as null. On an
     * array a number picks an element, and besides that all objects in it are searched.
     */
    private static final String LEAVES = """
            CREATE OR REPLACE FUNCTION kami_leaves(root jsonb, path text[], step integer DEFAULT 1)
            RETURNS SETOF jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $kami$
            DECLARE
              item jsonb;
              child jsonb;
            BEGIN
              IF step > coalesce(array_length(path, 1), 0) THEN
                RETURN NEXT root;
              ELSIF jsonb_typeof(root) = 'array' THEN
                IF path[step] ~ '^(0|[1-9][0-9]{0,8})$' THEN
                  child := root -> path[step]::integer;
                  IF child IS NOT NULL THEN
                    RETURN QUERY SELECT * FROM kami_leaves(child, path, step + 1);
                  END IF;
                END IF;
                FOR item IN SELECT jsonb_array_elements(root) LOOP
                  IF jsonb_typeof(item) = 'object' AND NOT kami_is_scalar(item) THEN
                    RETURN QUERY SELECT * FROM kami_leaves(item, path, step);
                  END IF;
                END LOOP;
              ELSIF jsonb_typeof(root) = 'object' AND root ? path[step] THEN
                RETURN QUERY SELECT * FROM kami_leaves(root -> path[step], path, step + 1);
              ELSE
                RETURN NEXT NULL;
              END IF;
            END
            $kami$""";

    /**
     * Bytes in the order in which MongoDB orders values: rank of the type, then the value. Null for null. Objects are compared
     * member by member, in the order in which jsonb keeps them.
     */
    private static final String SORT_KEY = """
            CREATE OR REPLACE FUNCTION kami_sort_key(item jsonb)
            RETURNS bytea LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $kami$
            DECLARE
              bits bigint;
              key bytea;
              name text;
              part jsonb;
            BEGIN
              CASE jsonb_typeof(item)
              WHEN 'number' THEN
                bits := ('x' || encode(float8send(item::double precision), 'hex'))::bit(64)::bigint;
                RETURN '\\x02'::bytea || int8send(CASE WHEN bits < 0 THEN ~bits ELSE bits # (-9223372036854775807 - 1) END);
              WHEN 'string' THEN
                RETURN '\\x03'::bytea || convert_to(item #>> '{}', 'UTF8') || '\\x00'::bytea;
              WHEN 'boolean' THEN
                RETURN CASE WHEN item::boolean THEN '\\x0701'::bytea ELSE '\\x0700'::bytea END;
              WHEN 'array' THEN
                key := '\\x05'::bytea;
                FOR part IN SELECT jsonb_array_elements(item) LOOP
                  key := key || coalesce(kami_sort_key(part), '\\x01'::bytea);
                END LOOP;
                RETURN key || '\\x00'::bytea;
              WHEN 'object' THEN
                CASE item ->> '__type'
                WHEN 'Date' THEN
                  name := item ->> 'iso';
                  IF kami_is_scalar(item) THEN
                    RETURN '\\x08'::bytea || convert_to(name, 'UTF8');
                  END IF;
                WHEN 'Pointer' THEN
                  RETURN '\\x03'::bytea
                    || convert_to(concat(item ->> 'className', '$', item ->> 'objectId'), 'UTF8') || '\\x00'::bytea;
                WHEN 'File' THEN
                  RETURN '\\x03'::bytea || convert_to(coalesce(item ->> 'name', ''), 'UTF8') || '\\x00'::bytea;
                WHEN 'Bytes' THEN
                  RETURN '\\x06'::bytea || int8send(length(item ->> 'base64')) || convert_to(item ->> 'base64', 'UTF8');
                ELSE
                END CASE;
                key := '\\x04'::bytea;
                FOR name, part IN SELECT * FROM jsonb_each(item) LOOP
                  key := key || substring(coalesce(kami_sort_key(part), '\\x01'::bytea) FROM 1 FOR 1)
                    || convert_to(name, 'UTF8') || '\\x00'::bytea || coalesce(kami_sort_key(part), '\\x01'::bytea);
                END LOOP;
                RETURN key || '\\x00'::bytea;
              ELSE
                RETURN NULL;
              END CASE;
            END
            $kami$""";

    /** What an object is sorted by: of several values the smallest, or the greatest when descending. */
    private static final String SORT_KEY_AT = """
            CREATE OR REPLACE FUNCTION kami_sort_key_at(root jsonb, path text[], descending boolean)
            RETURNS bytea LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $kami$
            DECLARE
              leaf jsonb;
              item jsonb;
              key bytea;
              best bytea;
              found_one boolean := false;
            BEGIN
              FOR leaf IN SELECT * FROM kami_leaves(root, path) LOOP
                FOR item IN SELECT jsonb_array_elements(
                    CASE WHEN jsonb_typeof(leaf) = 'array' THEN leaf ELSE jsonb_build_array(leaf) END) LOOP
                  key := kami_sort_key(item);
                  IF NOT found_one
                      OR (descending AND (best IS NULL OR key > best))
                      OR (NOT descending AND best IS NOT NULL AND (key IS NULL OR key < best)) THEN
                    best := key;
                    found_one := true;
                  END IF;
                END LOOP;
              END LOOP;
              RETURN best;
            END
            $kami$""";
}
