import { expect, test } from '@jest/globals';
import { namesOf } from './names.ts';

test.each([
  [{ name: 'Fatou Diop' }, 'Fatou', 'Diop', 'Fatou Diop'],
  [{ name: '  Jean   de La Fontaine ' }, 'Jean', 'de La Fontaine', 'Jean de La Fontaine'],
  [{ name: 'Madonna' }, undefined, 'Madonna', 'Madonna'],
  [{ name: 'Jean de La Fontaine', last_name: 'de La Fontaine' }, 'Jean', 'de La Fontaine', 'Jean de La Fontaine'],
  [{ name: 'Fatou Binetou Diop', first_name: 'Fatou' }, 'Fatou', 'Binetou Diop', 'Fatou Binetou Diop'],
  [{ name: 'DIOP Fatou', first_name: 'Fatou', last_name: 'Diop' }, 'Fatou', 'Diop', 'Fatou Diop'],
  [{ first_name: 'Fatou', last_name: 'Diop' }, 'Fatou', 'Diop', 'Fatou Diop'],
  [{ last_name: 'Diop' }, undefined, 'Diop', 'Diop'],
])('%j: a name is always first and last name, and nothing of it is lost', (given, first_name, last_name, name) => {
  expect(namesOf(given)).toEqual({ name, first_name, last_name });
});

test.each([
  ['DIOP Fatou', 'Fatou', 'DIOP'],
  ['Fatou DIOP', 'Fatou', 'DIOP'],
  ['DIOP SARR Fatou Binta', 'Fatou Binta', 'DIOP SARR'],
  ['NDIAYE-SARR Awa', 'Awa', 'NDIAYE-SARR'],
  ['N’DIAYE Awa', 'Awa', 'N’DIAYE'],
  ['ÉTIENNE Zoé', 'Zoé', 'ÉTIENNE'],
  ['d’ALMEIDA Rose', 'Rose', 'd’ALMEIDA'],
  ['DE LA FONTAINE Awa', 'Awa', 'DE LA FONTAINE'],
  ['de la FONTAINE Awa', 'Awa', 'de la FONTAINE'],
  ['БУЛГАКОВ Михаил', 'Михаил', 'БУЛГАКОВ'],
  ['BEN ALI Mohamed', 'Mohamed', 'BEN ALI'],
  ['LE Thi Hoa', 'Thi Hoa', 'LE'],
])('%s: the family name stands in capitals', (name, first_name, last_name) => {
  expect(namesOf({ name })).toMatchObject({ first_name, last_name });
});

test.each([
  ['Awa de la Fontaine', 'Awa', 'de la Fontaine'],
  ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
  ['Jan van der Berg', 'Jan', 'van der Berg'],
  ['Mohamed Ben Ali', 'Mohamed', 'Ben Ali'],
  ['Amina el Fassi', 'Amina', 'el Fassi'],
  ['Zine El Abidine Ben Ali', 'Zine El Abidine', 'Ben Ali'],
  ['Mohamed Ould Abd El Aziz', 'Mohamed', 'Ould Abd El Aziz'],
  ['El Hadji Diouf', 'El Hadji', 'Diouf'],
  ['Jean de Dieu Habimana', 'Jean de Dieu', 'Habimana'],
  ['Yves Le Goff', 'Yves', 'Le Goff'],
  ['Salem Aït Menguellet', 'Salem', 'Aït Menguellet'],
  ['Martin Luther King III', 'Martin Luther', 'King III'],
  ['Robert Downey Jr.', 'Robert', 'Downey Jr.'],
])('%s: a particle goes with what follows', (name, first_name, last_name) => {
  expect(namesOf({ name })).toEqual({ name, first_name, last_name });
});

test.each([
  ['FATOU DIOP', 'FATOU', 'DIOP'],
  ['J. K. Rowling', 'J. K.', 'Rowling'],
  ['Awa D. Sow', 'Awa D.', 'Sow'],
  ['محمد علي', 'محمد', 'علي'],
  ['Awa Van', 'Awa', 'Van'],
])('%s: where neither tells, the last word is the family name', (name, first_name, last_name) => {
  expect(namesOf({ name })).toMatchObject({ first_name, last_name });
});

test.each([
  [{ name: 'Awa N’Diaye', last_name: "N'Diaye" }, 'Awa', "N'Diaye"],
  [{ name: 'SŒUR Élise', first_name: 'Elise' }, 'Elise', 'SŒUR'],
])('%j: a part is found in the name however both are spelt', (given, first_name, last_name) => {
  expect(namesOf(given)).toMatchObject({ first_name, last_name });
});

test('nothing that names a person is no name', () => {
  expect(namesOf({})).toBeUndefined();
});
