package tables

import (
	"bytes"
	"encoding/csv"
	"math/big"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestSame makes the files twice.
func TestSame(t *testing.T) {
	a, err := New(1)
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(1)
	if err != nil {
		t.Fatal(err)
	}
	other, err := New(2)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{}
	for i := range a {
		if files[a[i].File] {
			t.Errorf("two files %s", a[i].File)
		}
		files[a[i].File] = true
		if strings.HasSuffix(a[i].File, ".xlsx") { // which tells when it was made
			a[i].Data, b[i].Data = nil, nil
		}
		if !reflect.DeepEqual(a[i], b[i]) {
			t.Errorf("%s differs from run to run", a[i].File)
		}
		if reflect.DeepEqual(a[i], other[i]) {
			t.Errorf("%s is the same with another seed", a[i].File)
		}
	}
	if n := len(a); n < 60 || n > 90 {
		t.Errorf("%d files", n)
	}
}

// TestTruth reads the files that are simple enough back by encoding/csv and
// counts again what the labels say.
func TestTruth(t *testing.T) {
	all, err := New(1)
	if err != nil {
		t.Fatal(err)
	}
	form := map[Kind]*regexp.Regexp{
		Hetu:       regexp.MustCompile(`(?i)\b[0-3]\d[01]\d{3}[-+A-FU-Y]9\d\d[0-9A-Y]\b`),
		BusinessID: regexp.MustCompile(`\b(?:FI)?3[89]\d{5}-?\d\b`),
		Email:      regexp.MustCompile(`\S@\S+\.(?i:example)`),
		IBAN:       regexp.MustCompile(`\b[A-Z]{2}\d\d[ \d]{14,}`),
		MAC:        regexp.MustCompile(`^(?i:[0-9a-f]{2}[:-]?){2}`),
	}
	read := 0
	for _, table := range all {
		if table.Encoding != "utf-8" || strings.HasSuffix(table.File, ".gz") || table.Comma == ' ' || bytes.Contains(table.Data, []byte("Tulostettu")) || !bytes.Contains(table.Data, []byte("\n")) {
			continue
		}
		r := csv.NewReader(bytes.NewReader(table.Data))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = table.Comma, -1, true
		records, err := r.ReadAll()
		if err != nil {
			t.Errorf("%s: %v", table.File, err)
			continue
		}
		if table.Header {
			records = records[1:]
		}
		if len(records) != table.Rows {
			t.Errorf("%s has %d rows, labelled %d", table.File, len(records), table.Rows)
		}
		read++
		for i, c := range table.Columns {
			for kind, want := range c.Holds {
				if form[kind] == nil {
					continue
				}
				got := 0
				for _, record := range records {
					if i < len(record) && form[kind].MatchString(record[i]) {
						got++
					}
				}
				// Spoiled codes have the form of good ones.
				if got < want || got > want && table.File != "kulkuluvat.csv" {
					t.Errorf("%s, column %d: %s in %d cells, labelled %d", table.File, i+1, kind, got, want)
				}
			}
		}
	}
	if read < 30 {
		t.Errorf("only %d files read", read)
	}
}

// TestControls checks the control characters against codes that are published
// as examples, and that spoiled codes are wrong.
func TestControls(t *testing.T) {
	if got := controls[131052308%31]; got != 'T' { // 131052-308T, the example of the population register
		t.Errorf("control character %c", got)
	}
	if got := businessControl("0737546"); got != 2 { // 0737546-2, the example of the business register
		t.Errorf("control digit %d", got)
	}
	r := &row{Rand: rand.New(rand.NewPCG(1, 1))}
	for range 500 {
		code := r.wrongIdentityCode()
		if n, _ := strconv.Atoi(code[:6] + code[7:10]); controls[n%31] == code[10] {
			t.Fatalf("%s is right", code)
		}
		id := r.wrongBusinessID()
		if businessControl(id[:7]) == int(id[8]-'0') {
			t.Fatalf("%s is right", id)
		}
		iban := r.iban("FI")
		digits := iban[4:] + "1518" + iban[2:4]
		n, _ := new(big.Int).SetString(digits, 10)
		if len(iban) != 18 || new(big.Int).Mod(n, big.NewInt(97)).Int64() != 1 {
			t.Fatalf("%s is wrong", iban)
		}
	}
}

// TestEncodings looks at the first bytes.
func TestEncodings(t *testing.T) {
	all, err := New(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range all {
		valid := utf8.Valid(table.Data)
		switch table.Encoding {
		case "utf-8", "utf-8-bom":
			if bom := bytes.HasPrefix(table.Data, []byte("\xef\xbb\xbf")); !strings.HasSuffix(table.File, ".gz") && (!valid || bom != (table.Encoding == "utf-8-bom")) {
				t.Errorf("%s is not %s", table.File, table.Encoding)
			}
		case "utf-16le":
			if !bytes.HasPrefix(table.Data, []byte("\xff\xfe")) {
				t.Errorf("%s is not %s", table.File, table.Encoding)
			}
		case "utf-16be":
			if !bytes.HasPrefix(table.Data, []byte("\xfe\xff")) {
				t.Errorf("%s is not %s", table.File, table.Encoding)
			}
		case "windows-1252", "cp850":
			if valid {
				t.Errorf("%s has no letters outside ASCII", table.File)
			}
		}
	}
}
