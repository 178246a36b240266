package table

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// charsets are the encodings with one byte a character.
var charsets = map[string]*charmap.Charmap{
	"windows-1252": charmap.Windows1252, "iso-8859-1": charmap.ISO8859_1, "iso-8859-15": charmap.ISO8859_15,
	"cp850": charmap.CodePage850, "macintosh": charmap.Macintosh,
}

// encodingNames are other names for encodings.
var encodingNames = map[string]string{
	"utf8": "utf-8", "latin1": "iso-8859-1", "latin-1": "iso-8859-1", "iso8859-1": "iso-8859-1", "cp1252": "windows-1252",
	"utf16": "utf-16le", "utf-16": "utf-16le", "latin-9": "iso-8859-15", "latin9": "iso-8859-15", "ibm850": "cp850", "macroman": "macintosh",
}

// Encodings are the names of the encodings that can be read.
var Encodings = []string{"utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "iso-8859-15", "cp850", "macintosh"}

// singleByte is the UTF-8 of each byte of an encoding, or nil.
func singleByte(name string) *[256][]byte {
	c := charsets[name]
	if c == nil {
		return nil
	}
	var t [256][]byte
	for i := range t {
		t[i] = utf8.AppendRune(nil, c.DecodeByte(byte(i)))
	}
	return &t
}

func widen(to, from []byte, t *[256][]byte) []byte {
	for _, c := range from {
		if c < 0x80 {
			to = append(to, c)
		} else {
			to = append(to, t[c]...)
		}
	}
	return to
}

// setEncoding finds the encoding of a text by its beginning.
func (f *File) setEncoding(head []byte) error {
	if f.opts.Encoding != "" {
		name := strings.ToLower(f.opts.Encoding)
		if other, ok := encodingNames[name]; ok {
			name = other
		}
		if name != "utf-8" && name != "utf-16le" && name != "utf-16be" && charsets[name] == nil {
			return problem(CodeEncoding, 0, "encoding", f.opts.Encoding, "encodings", strings.Join(Encodings, ", "))
		}
		f.Dialect.Encoding = name
	} else {
		f.Dialect.Encoding = guessEncoding(head)
		f.guessed("encoding")
	}
	f.table = singleByte(f.Dialect.Encoding)
	return nil
}

// guessEncoding goes by the byte order mark, then by the zeros of UTF-16, then
// takes what is valid UTF-8 as such, and otherwise the encoding in which the
// most of its high bytes are letters of the Nordic languages.
func guessEncoding(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return "utf-8"
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return "utf-16le"
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return "utf-16be"
	}
	var zeros [2]int
	for i, c := range head[:min(len(head), 4096)] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	if half := min(len(head), 4096) / 2; half > 0 {
		switch {
		case zeros[1]*2 > half && zeros[0]*8 < half:
			return "utf-16le"
		case zeros[0]*2 > half && zeros[1]*8 < half:
			return "utf-16be"
		}
	}
	cut := head
	for i := 0; len(head) == sniffSize && i < utf8.UTFMax && !utf8.Valid(cut); i++ {
		cut = cut[:len(cut)-1] // the sample may end within a character
	}
	if utf8.Valid(cut) {
		return "utf-8"
	}
	best, most := "windows-1252", -1
	for _, name := range []string{"windows-1252", "cp850", "macintosh"} {
		t, letters := charsets[name], 0
		for _, c := range head {
			if c >= 0x80 && strings.ContainsRune("äöåÄÖÅéÉüÜšžŠŽ", t.DecodeByte(c)) {
				letters++
			}
		}
		if letters > most {
			best, most = name, letters
		}
	}
	return best
}
