package plainjson

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
)

// standard is what encoding/json writes.
func standard(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

func TestText(t *testing.T) {
	for c := range rune(0x3000) {
		s := "a" + string(c) + string(c) + "ä"
		if got, want := string(Text(nil, s)), standard(t, s); got != want {
			t.Errorf("%U: %s, not %s", c, got, want)
		}
	}
	for c := range 256 {
		for _, s := range []string{string([]byte{byte(c)}), string([]byte{byte(c), 0x80, 'x'}), "ä" + string([]byte{0xE2, byte(c)}), string([]byte{0xE2, 0x80, byte(c)})} {
			if got, want := string(Text(nil, s)), standard(t, s); got != want {
				t.Errorf("%q: %s, not %s", s, got, want)
			}
		}
	}
}

func TestValues(t *testing.T) {
	for _, v := range []any{
		nil, true, 0, 1.5, math.MaxFloat64, 1e-9, "", "<a&b>", []any(nil), []any{}, map[string]any(nil), map[string]any{},
		map[string]any{"b": []any{"x", map[string]any{"\xff": nil, "a": 3.0}}, "a": "\u2028", "ä": []string{"q"}, "": map[string]string{"x": "y"}},
	} {
		if got, want := string(Value(nil, v)), standard(t, v); got != want {
			t.Errorf("%#v: %s, not %s", v, got, want)
		}
	}
	for _, list := range [][]string{nil, {}, {"a"}, {"a", "<b>", ""}} {
		if got, want := string(Texts(nil, list)), standard(t, list); got != want {
			t.Errorf("%q: %s, not %s", list, got, want)
		}
	}
	for _, m := range []map[string]string{nil, {}, {"a": "b"}, {"fi": "ä", "en": "\n", "sv": "\"", "": "x", "\xff": "y"}} {
		if got, want := string(TextsByName(nil, m)), standard(t, m); got != want {
			t.Errorf("%q: %s, not %s", m, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "Leikkipaikat ja puistot", "\u2028\u2029", "\xff\xc3", "<a href=\"x\">&amp;</a>", "\x00\x1f\x7f\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := string(Text([]byte("x"), s)), "x"+standard(t, s); got != want {
			t.Errorf("%q: %s, not %s", s, got, want)
		}
	})
}
