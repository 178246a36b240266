package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// seeded makes a table with values that occur nowhere else, and lists them.
func seeded(n int) (text string, values []string) {
	r := rand.New(rand.NewPCG(11, 12))
	word := func() string {
		b := make([]byte, 9)
		for i := range b {
			b[i] = byte('a' + r.IntN(26))
		}
		return strings.ToUpper(string(b[:1])) + string(b[1:])
	}
	var b strings.Builder
	b.WriteString("asiakas_id;nimi;syntymäaika;postinumero;diagnoosi;palaute;lat;sahkoposti;lkm\n")
	towns := []string{word(), word(), word()}
	for range n {
		row := []string{
			fmt.Sprintf("K%08d", r.IntN(1e8)), word() + " " + word(), fmt.Sprintf("%d.%d.19%02d", 1+r.IntN(28), 1+r.IntN(12), 20+r.IntN(80)),
			fmt.Sprintf("%05d", 10000+r.IntN(89999)), towns[r.IntN(3)], word() + " kirjoitti eilen illalla " + word() + " luota", fmt.Sprintf("60.%06d", r.IntN(1e6)),
			strings.ToLower(word()) + "@posti.example", fmt.Sprint(1000 + r.IntN(8999)),
		}
		b.WriteString(strings.Join(row, ";") + "\n")
		for _, v := range row {
			if len(v) >= 6 { // shorter numbers come by chance
				values = append(values, v)
			}
		}
	}
	return b.String(), values
}

// everything is all that a command gave: what it printed and the files that it
// wrote, those of a workbook unpacked.
func everything(t *testing.T, dir string, printed ...[]byte) string {
	t.Helper()
	var all strings.Builder
	for _, p := range printed {
		all.Write(p)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		all.Write(data)
		if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					return err
				}
				if _, err := io.Copy(&all, r); err != nil {
					return err
				}
				r.Close()
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// No value of the data is in anything that the program gives: description,
// reports in every form, messages, temporary files.
func TestNothingLeaks(t *testing.T) {
	text, values := seeded(400)
	in := t.TempDir()
	lines := strings.SplitAfter(text, "\n")
	for name, data := range map[string]string{
		"good.csv":     text,
		"headless.csv": strings.Join(lines[1:], ""),
		"quote.csv":    strings.Join(lines[:5], "") + `"` + strings.Join(lines[5:], ""),
		"ragged.csv":   strings.ReplaceAll(text, "K1", "K1;;;;;;;;;;;"),
		"broken.json":  `{"a":"` + values[1] + `"}` + "\n" + `{"a":"` + values[2],
		"header.csv":   lines[1] + text,
	} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := t.TempDir()
	t.Setenv("TMPDIR", out)
	said := "descriptorVersion: \"1.0\"\ndataset: {identifier: x, title: {en: X}, rowSubject: person, granularity: record}\npersonalData: {sourceRelatesToPersons: yes, releaseLevel: record_anonymised}\nrelease: {mode: open_download}\n"
	if err := os.WriteFile(filepath.Join(out, "said.yaml"), []byte(said), 0o600); err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	run := func(want int, args ...string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		if got := Main(context.Background(), args, strings.NewReader(""), &stdout, &stderr); got != want {
			t.Errorf("%q ends with %d: %s", args, got, stderr.Bytes())
		}
		printed.Write(stdout.Bytes())
		printed.Write(stderr.Bytes())
	}
	for _, name := range []string{"good.csv", "headless.csv", "ragged.csv", "header.csv"} {
		run(0, "describe", filepath.Join(in, name), "--rows", "person", "--lang", "fi")
		run(0, "describe", filepath.Join(in, name), "--rows", "aggregate", "-o", filepath.Join(out, name+".yaml"))
		run(0, "assess", filepath.Join(out, "said.yaml"), "--data", filepath.Join(in, name), "-o", filepath.Join(out, name+".xlsx"), "--format", "xlsx,json,markdown")
	}
	// Tracks of persons, sums of contributors and the risk in a sample.
	for _, name := range []string{"good.csv", "ragged.csv"} {
		path := filepath.Join(in, name)
		run(0, "assess", filepath.Join(out, "said.yaml"), "--data", path, "--rows", "event", "--entity", "nimi", "-o", filepath.Join(out, "event-"+name+".xlsx"), "--format", "xlsx,json,markdown")
		run(0, "assess", filepath.Join(out, "said.yaml"), "--data", path, "--rows", "aggregate", "--entity", "nimi", "-o", filepath.Join(out, "sums-"+name+".xlsx"), "--format", "xlsx,json,markdown")
		run(0, "describe", path, "--rows", "event", "--entity", "postinumero", "-o", filepath.Join(out, "event-"+name+".yaml"))
		run(0, "describe", path, "--rows", "person", "--sampling-fraction", "0.1", "--sensitive", "lkm", "-o", filepath.Join(out, "sample-"+name+".yaml"))
	}
	run(2, "describe", filepath.Join(in, "quote.csv"))
	run(2, "describe", filepath.Join(in, "broken.json"))
	run(2, "describe", filepath.Join(in, "good.csv"), "--memory", "1")
	run(2, "describe", filepath.Join(in, "good.csv"), "--sheet", "x", "--quasi", "nosuch")
	all := everything(t, out, printed.Bytes())
	for _, v := range values {
		if strings.Contains(all, v) {
			i := strings.Index(all, v)
			t.Fatalf("%q is in what the program gives: ...%s...", v, all[max(0, i-200):i+100])
		}
	}
	if len(values) < 1500 || len(all) < 100_000 {
		t.Errorf("%d values looked for in %d bytes", len(values), len(all))
	}
}
