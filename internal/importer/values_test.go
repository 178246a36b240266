package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestFrequency(t *testing.T) {
	for raw, want := range map[string]string{
		"http://publications.europa.eu/resource/authority/frequency/MONTHLY": "MONTHLY exact", "http://purl.org/cld/freq/daily": "DAILY exact",
		"http://purl.org/linked-data/sdmx/2009/code#freq-A": "ANNUAL exact", "R/P1Y": "ANNUAL exact", "R/P0.5M": "MONTHLY", "R/P3.5D": "WEEKLY",
		"R/PT1S": "CONT exact", "RP1Y": "ANNUAL exact", "P6M": "ANNUAL", "P10Y": "", "R/P2W": "MONTHLY", "päivittäin, dagligen, daily": "DAILY exact",
		"tunneittain": "HOURLY exact", "Reaaliaikainen": "CONT exact", "Kvartalsvis": "QUARTERLY exact", "vid behov": "IRREG exact",
		"Every weekday": "WEEKLY", "Data is updated every 15 minutes": "CONT exact", "Monthly or Data are updated as needed": "MONTHLY",
		"Not Updated (Historical Only)": "NEVER exact", "Biannually": "", "nal-frequency:NEVER": "NEVER exact", "Semi-Annually": "ANNUAL", "": "",
		"http://purl.org/cld/freq/ThisTermDoesNotExist": "", "None": "", "vuosittain": "ANNUAL exact", "Multiple Times Daily": "DAILY",
	} {
		code, exact := frequency(raw)
		got := code
		if exact {
			got += " exact"
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", raw, got, want)
		}
	}
}

func TestLicence(t *testing.T) {
	for raw, want := range map[string]string{
		"http://publications.europa.eu/resource/authority/licence/CC_BY_4_0": "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/deed.fi": "CC-BY-4.0",
		"Creative Commons Nimeä 4.0 Kansainvälinen": "CC-BY-4.0", "Creative Commons Attribution 4.0 International": "CC-BY-4.0", "CC BY 4.0": "CC-BY-4.0",
		"https://w3id.org/italia/controlled-vocabulary/licences/A21:CCBY40": "CC-BY-4.0", "CC0-1.0": "CC0-1.0",
		"http://publications.europa.eu/resource/authority/licence/CC0": "CC0-1.0", "https://www.dcat-ap.de/def/licenses/cc-zero": "CC0-1.0",
		"http://creativecommons.org/about/cc0": "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
		"cc-by": "other_open", "https://creativecommons.org/licenses/by/3.0/it/": "other_open", "CC-BY-SA-4.0": "other_open", "odc-odbl": "other_open",
		"Open Data Commons Open Database License (ODbL)": "other_open", "http://dcat-ap.de/def/licenses/dl-by-de/2.0": "other_open", "uk-ogl": "other_open",
		"Creative Commons Attribution Share-Alike 4.0": "other_open", "mit": "other_open", "hri-tietoaineistot-lisenssi-nimea": "other_open",
		"http://dcat-ap.de/def/licenses/cc-by-nc-de/4_0": "other_restricted", "https://creativecommons.org/licenses/by-nd/4.0/": "other_restricted",
		"http://publications.europa.eu/resource/authority/licence/CC_BYNCND_3_0": "other_restricted", "other-closed": "other_restricted",
		"City of Philadelphia License": "", "permit": "", "See Terms of Use": "", "some string": "", "": "",
	} {
		if got := licence(raw); got != want {
			t.Errorf("%q gives %q, want %q", raw, got, want)
		}
	}
}

func TestFileFormat(t *testing.T) {
	for raw, want := range map[string]string{
		"CSV": "CSV", "text/csv": "CSV", ".csv": "CSV", "Zipped CSV": "CSV", "http://publications.europa.eu/resource/authority/file-type/GEOJSON": "GeoJSON",
		"http://publications.europa.eu/resource/authority/file-type/RDF_TURTLE": "RDF", "http://publications.europa.eu/resource/authority/file-type/JSON_LD": "RDF",
		"https://www.iana.org/assignments/media-types/application/json": "JSON", "application/geo+json": "GeoJSON", "GTFS": "GTFS", "DATEX II": "DATEX2",
		"KML": "OTHER", "application/zip": "OTHER", "xls": "OTHER", "API": "service", "WFS": "service", "http://x/file-type/WMS_SRVC": "service",
		"API Documentation": "page", "HTML": "page", "text/html": "page", "Visualization": "page", "GeoParquet": "PARQUET", "SHP (ZIP)": "SHP",
	} {
		code, m := fileFormatOf(raw)
		got := map[medium]string{dataFile: code, service: "service", webPage: "page"}[m]
		if got != want {
			t.Errorf("%q gives %q, want %q", raw, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	for raw, want := range map[string]string{
		"2026-02-15": "2026-02-15", "2026-02-15T10:00:00+02:00": "2026-02-15", "2026-02-15Z": "2026-02-15", "2015": "2015-12-31", "2015-02": "2015-02-28",
		"15.2.2026": "2026-02-15", "31-12-2015": "2015-12-31", "2015/03/04": "2015-03-04", "20150304": "2015-03-04",
		"2026-02-30": "", "03/04/2015": "", "soon": "", "": "", "99999": "", "0000": "",
	} {
		if got, _ := date(raw, true); got != want {
			t.Errorf("%q gives %q, want %q", raw, got, want)
		}
	}
}

func TestLanguageTag(t *testing.T) {
	for raw, want := range map[string]string{"fi": "fi", "FI": "fi", "en_GB": "en-GB", "sv-": "sv", "english": "und", "": "und", "x": "und", "zh-Hant-TW": "zh-Hant-TW"} {
		if got := languageTag(raw); got != want {
			t.Errorf("%q gives %q, want %q", raw, got, want)
		}
	}
}

// TestObservedValues counts how many of the values that real catalogues use are
// understood. The figures are what is measured; they may grow.
func TestObservedValues(t *testing.T) {
	data, err := os.ReadFile("../../../shared/corpus/vocab/observed_values.tsv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared corpus is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	known, all := map[string]int{}, map[string]int{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		n, err := strconv.Atoi(cells[len(cells)-1])
		if err != nil || len(cells) != 4 || saysNothing(cells[2]) {
			continue
		}
		understood := false
		switch raw := cells[2]; cells[0] {
		case "frequency":
			code, _ := frequency(raw)
			understood = code != ""
		case "licence":
			understood = licence(raw) != ""
		case "accessRights":
			understood = access(raw) != accessUnknown || strings.Contains(raw, "Article13")
		case "format":
			code, m := fileFormatOf(raw)
			understood = m != dataFile || code != "OTHER"
		}
		all[cells[0]] += n
		if understood {
			known[cells[0]] += n
		} else {
			t.Logf("%s %q (%d)", cells[0], cells[2], n)
		}
	}
	for field, least := range map[string]int{"frequency": 98, "licence": 65, "accessRights": 98, "format": 75} {
		if share := 100 * known[field] / max(all[field], 1); share < least {
			t.Errorf("%s: %d of %d are understood, %d per cent", field, known[field], all[field], share)
		} else {
			t.Logf("%s: %d of %d are understood, %d per cent", field, known[field], all[field], share)
		}
	}
}
